//! The minutes of a residential area's review meeting: filled in here, printed with the list.

use super::Paper;
use super::posting::Families;
use crate::model::papers;
use crate::screens::tablet::family::subject_in_address;
use crate::screens::tablet::photos::Album;
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::{self, common, papers as say, words};
use crate::ui::{Choice, DateField, SaveNote, SaveState, Segmented, TextField};
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Meeting;
use thidua_domain::date::Date;
use thidua_domain::photo::Place;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::subject::{self, MinutesPart, VoteMethod};
use thidua_domain::text;

/// The minutes of the residential area in the address.
#[component]
pub fn MinutesScreen() -> impl IntoView {
    let id = subject_in_address();
    move || id.get().map(|id| view! { <Minutes id /> })
}

/// What stands in the minutes, as stored. Copied freely.
#[derive(Clone, Copy)]
struct Noted {
    tablet: Tablet,
    id: SubjectId,
}

impl Noted {
    fn text(self, part: MinutesPart) -> Signal<String> {
        let name = part.field(self.tablet.season.period);
        Signal::derive(move || {
            let area = self.tablet.subject(self.id);
            area.and_then(|area| area.record.text(name.as_str()).map(str::to_owned))
                .unwrap_or_default()
        })
    }

    /// What stands there, or dots to write on.
    fn or_dots(self, part: MinutesPart) -> impl Fn() -> String + Copy {
        let noted = self.text(part);
        move || match noted.get() {
            empty if empty.is_empty() => "…………………………".to_owned(),
            text => text,
        }
    }

    fn set(self, part: MinutesPart, text: String, saving: RwSignal<SaveState>) {
        let name = part.field(self.tablet.season.period);
        let value = if text.is_empty() {
            Value::Null
        } else {
            Value::Text(text)
        };
        let key = RecordKey::subject_record(SubjectKind::ResidentialArea, self.id);
        self.tablet
            .save(vec![Change::new(key, [(name.as_str(), value)])], saving);
    }
}

#[component]
fn Minutes(id: SubjectId) -> impl IntoView {
    let tablet = Tablet::here();
    let year = tablet.season.period;
    let noted = Noted { tablet, id };
    let review = Memo::new(move |_| tablet.book.with(|book| papers::review(book.all(), id)));
    let area = Memo::new(move |_| tablet.subject(id));
    let name = Signal::derive(move || {
        area.with(|area| {
            area.as_ref()
                .map(|area| subject::label(&area.record).to_owned())
                .unwrap_or_default()
        })
    });
    let meeting = Memo::new(move |_| {
        area.with(|area| {
            area.as_ref().map_or_else(Meeting::default, |area| {
                subject::meeting(&area.record, year)
            })
        })
    });
    let number = |number: Option<u32>| match number {
        Some(number) => text::format_int(number.into()),
        None => "……".to_owned(),
    };
    let share = |part: Option<u32>, whole: Option<u32>| {
        part.zip(whole)
            .filter(|(_, whole)| *whole > 0)
            .map(|(part, whole)| {
                format!(
                    " ({})",
                    text::format_rate_percent(part.into(), whole.into())
                )
            })
            .unwrap_or_default()
    };
    let rule = tablet
        .packs()
        .in_force(Assessment::CulturalFamily, tablet.season.period);
    let basis = rule
        .map(|pack| pack.legal_basis.clone())
        .unwrap_or_default();
    let about = Signal::derive(move || {
        format!(
            "Họp bình xét danh hiệu “Gia đình văn hóa” năm {year}, {}",
            name.get()
        )
    });
    let day = {
        let noted = noted.text(MinutesPart::Day);
        move || match Date::parse_iso(&noted.get()) {
            Some(day) => day.format_long_vi(),
            None => format!("ngày …… tháng …… năm {year}"),
        }
    };
    let (place, chair, secretary) = (
        noted.or_dots(MinutesPart::Place),
        noted.or_dots(MinutesPart::Chair),
        noted.or_dots(MinutesPart::Secretary),
    );
    let method = {
        let noted = noted.text(MinutesPart::Method);
        move || match VoteMethod::parse(&noted.get()) {
            Some(method) => method.vi(),
            None => "…………………………",
        }
    };
    let discussion = noted.or_dots(MinutesPart::Discussion);
    let present = move || {
        let Meeting {
            invited, attended, ..
        } = meeting.get();
        format!(
            "Số hộ được mời: {}; số hộ dự họp: {}{}.",
            number(invited),
            number(attended),
            share(attended, invited)
        )
    };
    let vote = move || {
        let Meeting {
            attended, agreed, ..
        } = meeting.get();
        format!(
            "{}/{} hộ dự họp đồng ý{} với danh sách {} hộ đề nghị công nhận “Gia đình văn hóa”:",
            number(agreed),
            number(attended),
            share(agreed, attended),
            review.with(|review| text::format_int(review.proposed.len() as i64))
        )
    };
    let rest = move || {
        review.with(|review| {
            format!(
                "Khu dân cư có {} hộ; {} hộ chưa đủ điều kiện đề nghị.",
                text::format_int(review.families as i64),
                text::format_int(review.not_proposed as i64)
            )
        })
    };
    view! {
        <Paper issuer=name title="BIÊN BẢN" about form=move || view! { <MinutesForm noted /> }>
            <p>{format!("Căn cứ {basis}.")}</p>
            <p>
                {move || {
                    format!("Thời gian: {}. Địa điểm: {}.", day(), place())
                }}
            </p>
            <p>{move || format!("Chủ trì: {}. Thư ký: {}.", chair(), secretary())}</p>
            <p>{present}</p>
            <p>
                <strong>"1. Ý kiến tại cuộc họp: "</strong>
                {discussion}
            </p>
            <p>
                <strong>"2. Hình thức biểu quyết: "</strong>
                {method}
                "."
            </p>
            <p>
                <strong>"3. Kết quả: "</strong>
                {vote}
            </p>
            {move || view! { <Families families=review.with(|review| review.proposed.clone()) /> }}
            <p>{rest}</p>
            <p>
                "Biên bản đã được đọc cho mọi người dự họp cùng nghe và thống nhất./."
            </p>
            <div class="paper__signatures">
                <div class="paper__signature">
                    <p>"THƯ KÝ"</p>
                    <p class="paper__signer">{secretary}</p>
                </div>
                <div class="paper__signature">
                    <p>"CHỦ TRÌ"</p>
                    <p class="paper__signer">{chair}</p>
                </div>
            </div>
        </Paper>
    }
}

#[component]
fn MinutesForm(noted: Noted) -> impl IntoView {
    let saving = RwSignal::new(SaveState::default());
    let year = noted.tablet.season.period;
    let key = RecordKey::subject_record(SubjectKind::ResidentialArea, noted.id);
    let line = |label: &'static str, part: MinutesPart, multiline: bool| {
        let what = say::minutes_of(label);
        let draft = noted
            .tablet
            .draft_slot(&key, part.field(year).as_str(), what);
        view! {
            <TextField
                label
                value=noted.text(part)
                on_change=move |text| noted.set(part, text, saving)
                max_length=if multiline { 1_500 } else { 200 }
                multiline
                draft
            />
        }
    };
    let day = noted.text(MinutesPart::Day);
    let methods = VoteMethod::ALL
        .into_iter()
        .map(|method| Choice::new(method.as_str(), capitalised(words::vote_method(method))))
        .chain(std::iter::once(Choice::new("", common::unknown())))
        .collect();
    view! {
        <section class="form-section" aria-label=say::minutes_content()>
            <p class="form-section__lead">
                {say::minutes_numbers()}
            </p>
            <div class="field-row">
                <DateField
                    label=say::day()
                    value=Signal::derive(move || Date::parse_iso(&day.get()))
                    on_change=move |day| {
                        let day = day.map(|day| day.to_string()).unwrap_or_default();
                        noted.set(MinutesPart::Day, day, saving);
                    }
                />
                {line(say::place(), MinutesPart::Place, false)}
            </div>
            <div class="field-row">
                {line(say::chair(), MinutesPart::Chair, false)}
                {line(say::secretary(), MinutesPart::Secretary, false)}
            </div>
            <Segmented
                legend=say::method()
                name="vote-method"
                choices=methods
                value=noted.text(MinutesPart::Method)
                on_change=move |method| noted.set(MinutesPart::Method, method, saving)
            />
            {line(say::discussion(), MinutesPart::Discussion, true)}
            <SaveNote state=saving />
            <Album
                place=Place::minutes(noted.id, year)
                title=texts::photos::signed_minutes()
                lead=texts::photos::signed_minutes_lead()
            />
        </section>
    }
}

/// The first letter as a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}
