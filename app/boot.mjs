// Shows how far the program has come while it loads, and says what to do if it cannot start.
export default function boot() {
  const text = document.getElementById("boot-text");
  const bar = document.getElementById("boot-progress");
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
        text.textContent =
          "Không mở được sổ. Dữ liệu đã lưu trên máy vẫn còn nguyên. " +
          "Hãy tải lại trang; nếu vẫn lỗi, hãy dùng Chrome, Edge hoặc Firefox bản mới.";
      }
    },
  };
}
