// Shows how far the program has come while it loads, and says what to do if it cannot start.
const VIETNAMESE = {
  progress: "Tiến độ mở sổ",
  opening: "Đang mở sổ…",
  failed:
    "Không mở được sổ. Dữ liệu đã lưu trên máy vẫn còn nguyên. " +
    "Hãy tải lại trang; nếu vẫn lỗi, hãy dùng Chrome, Edge hoặc Firefox bản mới.",
};
const ENGLISH = {
  progress: "Progress of opening",
  opening: "Opening the register…",
  failed:
    "The register could not be opened. What is stored on this device is intact. " +
    "Reload the page; if that does not help, use a recent Chrome, Edge or Firefox.",
};

// The language this browser was left in; the program keeps it (app/src/texts/language.rs).
function isEnglish() {
  try {
    return localStorage.getItem("so-thi-dua.language") === "en";
  } catch {
    return false;
  }
}

export default function boot() {
  const text = document.getElementById("boot-text");
  const bar = document.getElementById("boot-progress");
  const say = isEnglish() ? ENGLISH : VIETNAMESE;
  if (say === ENGLISH) {
    document.documentElement.lang = "en";
    if (text) text.textContent = say.opening;
    bar?.setAttribute("aria-label", say.progress);
  }
  return {
    onStart() {},
    onProgress({ current, total }) {
      if (!bar) return;
      // The total is of the compressed file while `current` counts what comes out of it.
      if (total && current <= total) {
        bar.max = total;
        bar.value = current;
      } else {
        bar.removeAttribute("value");
      }
    },
    onComplete() {},
    onSuccess() {},
    onFailure(error) {
      console.error(error);
      if (bar) bar.hidden = true;
      if (text) {
        text.setAttribute("role", "alert");
        text.textContent = say.failed;
      }
    },
  };
}
