//! What communes record of themselves: movements joined, exemplary models, activities, reports in words,
//! own targets, council and documents; searched, and taken along as a file.

use super::address::{Address, encode};
use super::area_filter::AreaFilter;
use super::live::Live;
use super::photos::PhotoStrip;
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, books, common, review, review_books as say, stored, words};
use crate::ui::{Choice, Icon, SelectField, TextField};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::api::{LineCount, LineView, LinesPage, MAX_LINES};
use thidua_domain::area::AreaCode;
use thidua_domain::book::{Book, FieldKind};
use thidua_domain::season::Season;

/// The books of the area that the account is responsible for.
#[component]
pub fn BooksScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Books own /> })
}

/// The book that is shown where the address names none.
const FIRST: &str = "phong-trao";
const FILTERS: [&str; 4] = ["book", "area", "line", "q"];

fn book_of(address: Address) -> &'static Book {
    let named = Book::by_id(&address.get("book")).or_else(|| Book::by_id(FIRST));
    named.unwrap_or(&Book::all()[0])
}

#[component]
fn Books(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let address = Address::of("/so-xa", &FILTERS);
    let top = own.clone();
    let area =
        Memo::new(move |_| AreaCode::parse(&address.get("area")).unwrap_or_else(|_| top.clone()));
    let book = Memo::new(move |_| book_of(address).id.as_str());
    let asked = Memo::new(move |_| {
        let mut query = format!("area={}", area.get());
        for name in ["line", "q"] {
            let value = address.get(name);
            if !value.is_empty() {
                query.push_str(&format!("&{name}={}", encode(&value)));
            }
        }
        query
    });
    let after = Memo::new(move |_| address.get("after").parse::<usize>().unwrap_or(0));
    let url = move || {
        let (book, asked, after) = (book.get(), asked.get(), after.get());
        Some(format!("/api/books/{book}?{asked}&after={after}"))
    };
    let news = live.news_of(move || Some(area.get()), season);
    let remote = Remote::<LinesPage>::read(url, move || {
        news.get();
    });
    let lead = move || {
        let (total, wrote, communes) = remote.value.with(|page| {
            let page = page.as_ref()?;
            Some((page.total, page.wrote, page.communes))
        })?;
        let where_ = words::area_name(&area.get(), season);
        Some(say::lead(where_, wrote, communes, total))
    };
    let pages = move || {
        let total = remote
            .value
            .with(|page| page.as_ref().map(|page| page.total))?;
        let next = after.get() + MAX_LINES;
        let more = (next < total).then(|| {
            view! {
                <a class="button" href=address.with_after(&next.to_string())>
                    {say::more_lines()}
                    <Icon name="chevron" />
                </a>
            }
        });
        let back = (after.get() > 0).then(|| {
            view! {
                <a class="button" href=address.without_after()>{review::to_start()}</a>
            }
        });
        Some(view! { <div class="button-row">{back} {more}</div> })
    };
    let found = move || {
        let book = Book::by_id(book.get())?;
        let page = remote.value.get()?;
        Some(view! {
            <Counts book counts=page.counts address />
            <Silent communes=page.silent season />
            <Lines book lines=page.lines season />
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="books-title">
            <div class="section-head">
                <h1 id="books-title" class="page__title">{review::books()}</h1>
                <a
                    class="button"
                    // The browser's own download, past the app's router.
                    rel="external"
                    download=""
                    href=move || format!("/api/books/{}/csv?{}", book.get(), asked.get())
                >
                    <Icon name="download" />
                    {say::csv()}
                </a>
            </div>
            <p class="page__lead">{move || texts::catalogue(&book_of(address).lead)}</p>
            <Filters own address area season />
            <p class="page__lead" data-books-lead="" role="status">{lead}</p>
            {remote.notice()}
            {found}
            {pages}
        </section>
    }
}

#[component]
fn Filters(own: AreaCode, address: Address, area: Memo<AreaCode>, season: Season) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let to = move |address: String| {
        navigate.with_value(|navigate| navigate(&address, Default::default()));
    };
    let books = Book::all()
        .iter()
        .map(|book| Choice::new(book.id.as_str(), texts::catalogue(&book.title)))
        .collect::<Vec<_>>();
    // The lines of one book are none of another's.
    let choose_book = move |id: String| {
        let area = address.get("area");
        let q = encode(&address.get("q"));
        to(format!("/so-xa?book={id}&area={area}&q={q}"));
    };
    let words = RwSignal::new(String::new());
    Effect::new(move |_| words.set(address.get("q")));
    let search = move |event: SubmitEvent| {
        event.prevent_default();
        to(address.with("q", &words.get_untracked()));
    };
    view! {
        <form class="toolbar toolbar--filters" role="search" aria-label=say::filters() on:submit=search>
            <SelectField
                label=say::book()
                choices=Signal::stored(books)
                value=Signal::derive(move || book_of(address).id.clone())
                on_change=choose_book
            />
            <AreaFilter own area season on_change=move |value| to(address.with("area", &value)) />
            <TextField
                label=say::find_in_book()
                value=words
                on_change=move |text| words.set(text)
                max_length=60
            />
            <button class="button" type="submit">
                <Icon name="search" />
                {say::find()}
            </button>
        </form>
    }
}

/// What the communes say of each line that all of them have; each leads to who said it.
#[component]
fn Counts(book: &'static Book, counts: Vec<LineCount>, address: Address) -> impl IntoView {
    let asks = book.fields.iter().find(|field| field.required);
    let yes_no = asks.is_some_and(|field| field.kind == FieldKind::YesNo);
    let counted = book.counted();
    let rows = counts
        .iter()
        .map(|count| {
            let chosen = address.get("line") == count.line;
            let href = address.with("line", if chosen { "" } else { &count.line });
            view! {
                <tr data-line=count.line.clone()>
                    <th scope="row">
                        <a href=href aria-current=chosen.then_some("true")>
                            {texts::catalogue(&count.name).to_owned()}
                        </a>
                        <span class="table__note">{chosen.then_some(say::filtering())}</span>
                    </th>
                    <td class="table__number">{count.yes}</td>
                    {yes_no.then(|| view! { <td class="table__number">{count.no}</td> })}
                    <td class="table__number">{count.silent}</td>
                    {count
                        .sum
                        .map(|sum| view! { <td class="table__number">{texts::int(sum)}</td> })}
                </tr>
            }
        })
        .collect_view();
    let yes = match asks {
        Some(asks) if yes_no => say::asked_yes(texts::catalogue(&asks.label)),
        _ => say::written().to_owned(),
    };
    (!counts.is_empty()).then(|| {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=say::communes_by_item()>
                <table class="table" data-counts="">
                    <thead>
                        <tr>
                            <th scope="col">{say::item()}</th>
                            <th scope="col" class="table__number">{yes}</th>
                            {yes_no
                                .then(|| view! { <th scope="col" class="table__number">{common::no()}</th> })}
                            <th scope="col" class="table__number">{books::not_entered()}</th>
                            {counted
                                .map(|field| {
                                    view! {
                                        <th scope="col" class="table__number">{texts::catalogue(&field.label)}</th>
                                    }
                                })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}

/// The communes that say nothing of the chosen line, by district, and the way to where they are urged.
#[component]
fn Silent(communes: Vec<AreaCode>, season: Season) -> impl IntoView {
    if communes.is_empty() {
        return ().into_any();
    }
    let tree = crate::areas::tree();
    let count = communes.len();
    let mut districts: Vec<(String, Vec<AreaCode>)> = Vec::new();
    for commune in communes {
        let above = tree.ancestors(&commune, season.date);
        let name = above.last().copied().map(words::area_called);
        let name = name.unwrap_or_default();
        match districts.last_mut().filter(|(last, _)| *last == name) {
            Some((_, below)) => below.push(commune),
            None => districts.push((name, vec![commune])),
        }
    }
    let rows = districts
        .into_iter()
        .map(|(district, communes)| {
            let links = communes
                .into_iter()
                .map(|code| {
                    let name = words::area_name(&code, season);
                    view! {
                        <li>
                            <a href=format!("/dia-ban/{code}")>{name}</a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div>
                    <dt>{district}</dt>
                    <dd>
                        <ul class="name-list">{links}</ul>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="history" data-silent=count.to_string()>
            <summary class="history__summary">{say::silent(count)}</summary>
            <dl class="edit-said">{rows}</dl>
            <p>
                <a class="button" href="/don-doc">
                    <Icon name="send" />
                    {say::urge()}
                </a>
            </p>
        </details>
    }
    .into_any()
}

#[component]
fn Lines(book: &'static Book, lines: Vec<LineView>, season: Season) -> impl IntoView {
    let none = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| view! { <Line book line season /> })
        .collect_view();
    if none {
        let said = say::none(texts::catalogue(&book.one));
        return view! { <p class="empty">{said}</p> }.into_any();
    }
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::lines()>
            <table class="table table--lines" data-lines="">
                <thead>
                    <tr>
                        <th scope="col">{review::area()}</th>
                        <th scope="col">{say::content()}</th>
                        <th scope="col">{say::commune()}</th>
                        <th scope="col">{say::last_change()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(book: &'static Book, line: LineView, season: Season) -> impl IntoView {
    let above = crate::areas::tree().ancestors(&line.commune, season.date);
    let district = above.last().copied().map(words::area_called);
    let facts = book
        .fields
        .iter()
        .filter(|field| field.name != "name")
        .filter_map(|field| {
            let value = line.values.get(&field.name)?;
            Some(view! {
                <div>
                    <dt>{texts::catalogue(&field.label)}</dt>
                    <dd>{stored::book_value(field, value)}</dd>
                </div>
            })
        })
        .collect_view();
    view! {
        <tr data-area=line.commune.to_string()>
            <th scope="row">
                <a href=format!("/dia-ban/{}", line.commune)>
                    {words::area_name(&line.commune, season)}
                </a>
                <span class="table__note">{district}</span>
            </th>
            <td class="table__line">{line.name.clone()}</td>
            <td class="table__said">
                <dl class="edit-said">{facts}</dl>
                <PhotoStrip photos=line.photos about=line.name />
            </td>
            <td>{texts::moment(line.changed_ms)}</td>
        </tr>
    }
}
