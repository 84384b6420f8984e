//! Marking many families, and handing many in: what will be written is said before it is.

use super::Roster;
use super::marking::Task;
use crate::model::marks::Mark;
use crate::ui::{Dialog, Icon, SaveNote, SaveState};
use crate::words;
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::RecordKey;
use thidua_domain::text;

/// The marks, each with what it writes.
#[component]
pub fn BulkDialog(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    view! {
        <Dialog title="Chấm nhiều hộ một lần" open>
            <BulkFields open roster />
        </Dialog>
    }
}

#[component]
fn BulkFields(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    let families = untrack(|| roster.for_bulk());
    let selected = untrack(|| !roster.selected.with(BTreeSet::is_empty));
    let count = text::format_int(families.len() as i64);
    let lead = if selected {
        format!(
            "Áp dụng cho {count} hộ đã chọn. Hộ đã gửi hoặc đã duyệt được giữ nguyên. Hoàn tác được ngay sau đó."
        )
    } else {
        format!(
            "Áp dụng cho {count} hộ chưa chấm trong danh sách đang hiện. Hộ đã nhập được giữ nguyên. Hoàn tác được ngay sau đó."
        )
    };
    let choices = Mark::ALL
        .into_iter()
        .map(|mark| {
            let families = families.clone();
            view! {
                <li>
                    <button
                        type="button"
                        class="choice"
                        on:click=move |_| {
                            roster.marking.ask(Task::Mark(mark, families.clone()));
                            roster.selected.update(BTreeSet::clear);
                            open.set(false);
                        }
                    >
                        <strong>{words::mark(mark)}</strong>
                        <span>{words::mark_writes(mark)}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{lead}</p>
        <ul class="choices">{choices}</ul>
        <p class="field__hint">
            "Hộ có tên trong danh sách nghèo, cận nghèo năm trước: kết quả rà soát năm nay không được tự ghi, hãy bấm ở cột “Rà soát nghèo”. Số liệu cuộc họp lấy từ cuộc họp của khu dân cư, nếu phiếu chưa có số riêng."
        </p>
    }
}

/// Handing in all entries that are complete.
#[component]
pub fn SubmitDialog(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    view! {
        <Dialog title="Gửi duyệt" open>
            <SubmitFields open roster />
        </Dialog>
    }
}

#[component]
fn SubmitFields(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    let tablet = roster.tablet;
    let ready = StoredValue::new(untrack(|| roster.ready()));
    let saving = RwSignal::new(SaveState::default());
    Effect::new(move |_| {
        if saving.get() == SaveState::Saved {
            // What was handed in is not taken back by an undo of what came before it.
            roster.marking.done.update(Vec::clear);
            open.set(false);
        }
    });
    let shown = untrack(|| roster.shown.with(Vec::len));
    let lead = ready.with_value(|ready| {
        format!(
            "Gửi {} phiếu đã đủ thông tin, trong {} hộ đang hiện. Phiếu còn thiếu được giữ lại để nhập tiếp. Kết quả rà soát hộ nghèo của các hộ này được gửi kèm.",
            text::format_int(ready.len() as i64),
            text::format_int(shown as i64)
        )
    });
    let submit = move |_| {
        let period = tablet.season.period;
        let records = ready.with_value(|ready| {
            let mut records: Vec<RecordKey> = Vec::with_capacity(ready.len() * 2);
            for family in ready {
                let both = [Assessment::CulturalFamily, Assessment::PovertyReview];
                let open = both.into_iter().filter(|assessment| {
                    family.standing(*assessment).is_some_and(|standing| {
                        crate::model::marks::is_ready(standing.state, standing.outcome)
                    })
                });
                records.extend(open.map(|it| RecordKey::entry(family.id, it, period)));
            }
            records
        });
        tablet.submit(records, saving);
    };
    view! {
        <p>{lead}</p>
        <SaveNote state=saving />
        <div class="dialog__actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                "Thôi"
            </button>
            <button
                type="button"
                class="button button--primary"
                disabled=move || saving.with(SaveState::is_saving)
                on:click=submit
            >
                <Icon name="send" />
                "Gửi duyệt"
            </button>
        </div>
    }
}
