//! A report for people: one file without scripts or links, with charts as drawings, for light and dark
//! screens and for paper.

use std::fmt::Write as _;

use super::csv::word;
use super::reading::{reads, value_reads};
use super::{Material, fields, newest_forms};
use crate::catalogue::{self, Catalogue, Label, Phrase};
use crate::insights::{Point, Series};
use crate::journal::Entry;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #22302f; --paper: #fbfaf7; --line: #cfd8d4; --mark: #3f7f78; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4ebe8; --paper: #16201f; --line: #3a4a47; --mark: #7fc2b8; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem;
  margin: 0 auto; padding: 2rem 1rem; }
h1, h2, h3 { line-height: 1.2; font-weight: 600; }
h3 { margin: 1.5rem 0 .5rem; }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 11px; }
.axis { stroke: var(--line); } .bar { fill: var(--mark); } .path { fill: none; stroke: var(--mark); stroke-width: 2; }
.dot { fill: var(--mark); }
table { border-collapse: collapse; font-size: .9rem; } td, th { border-bottom: 1px solid var(--line);
  padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
dl { margin: .3rem 0 1rem; } dt { font-weight: 600; } dd { margin: 0 0 .3rem; white-space: pre-wrap; }
article { border-top: 1px solid var(--line); padding-top: .5rem; }
@media print { :root { --ink: #000; --paper: #fff; } article, figure { break-inside: avoid; } }
";

/// Charts of less than this would show more than there is.
const FEWEST: u8 = 3;
/// What has words, hours or weekdays along it, and is drawn as bars; the others run over time. Not told by
/// their points: a person's own words may look like a date.
const BARS: &[&str] = &["activation_by_exercise", "cues", "words", "situations", "by_hour", "by_weekday", "pauses"];
/// Bars beyond these are left to the table. A day has so many hours.
const MOST_BARS: usize = 24;

pub(super) fn write(material: &Material, catalogue: Catalogue) -> String {
    let text = |label: Label| escape(&catalogue.text(label));
    let mut page = String::new();
    let title = text(Label::ExportTitle);
    let language = catalogue.language().tag();
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <h1>{title}</h1>\n<p>{}</p>\n<p>{}</p>\n",
        escape(&catalogue.text(Phrase::Period(material.range.from, material.range.to))),
        text(Label::ExportOwnOnly),
    );
    if material.shared_with_me.is_some() {
        let _ = writeln!(page, "<p>{}</p>", text(Label::ExportWithShared));
    }
    let _ = writeln!(page, "<h2>{}</h2>", text(Label::ExportCharts));
    let drawn: Vec<&Series> = material.series.iter().filter(|series| is_enough(series)).collect();
    if drawn.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", text(Label::ExportFewData));
    }
    for series in drawn {
        figure(&mut page, series, catalogue);
    }
    let own = newest_forms(&material.entries);
    if !own.is_empty() {
        let _ = writeln!(page, "<h2>{}</h2>", text(Label::ExportEntries));
        own.iter().for_each(|entry| article(&mut page, entry, material, catalogue));
    }
    if let Some(shared) = &material.shared_with_me {
        let _ = writeln!(page, "<h2>{}</h2>", text(Label::ExportSharedWithMe));
        shared.iter().for_each(|entry| article(&mut page, entry, material, catalogue));
    }
    let _ = writeln!(page, "<footer><p>{}</p></footer>\n</html>", text(Label::ExportMadeBy));
    page
}

/// Whether a chart would say something. Where points are counts, it is what was counted that must be enough.
fn is_enough(series: &Series) -> bool {
    let counted: f64 = series.points.iter().map(|point| point.y).sum();
    let head = series.name.split('.').next().unwrap_or_default();
    let counts = BARS.contains(&head) && head != "activation_by_exercise";
    if counts { counted >= f64::from(FEWEST) } else { series.points.len() >= usize::from(FEWEST) }
}

/// A chart with its heading, and the same as a table behind it.
fn figure(page: &mut String, series: &Series, catalogue: Catalogue) {
    let (head, part) = series.name.split_once('.').unwrap_or((&series.name, ""));
    let named = catalogue::series().iter().any(|series| series.id == head);
    let heading = escape(&word(if named { catalogue::series() } else { catalogue::fields() }, head, catalogue));
    let part = match part {
        "" => String::new(),
        "before" => format!(" – {}", escape(&word(catalogue::fields(), "activation_before", catalogue))),
        "after" => format!(" – {}", escape(&word(catalogue::fields(), "activation_after", catalogue))),
        of if catalogue::series().iter().any(|series| series.id == of) => {
            format!(" – {}", escape(&word(catalogue::series(), of, catalogue)))
        }
        state => {
            let state = catalogue::states().iter().find(|card| card.id == state);
            state.map_or_else(String::new, |card| format!(" – {}", escape(&catalogue.text(card.title()))))
        }
    };
    let label = format!("{heading}{part}");
    let points: Vec<Point> =
        series.points.iter().map(|point| Point { x: reads(head, &point.x, catalogue), y: point.y }).collect();
    let drawing = if BARS.contains(&head) { bars(&label, &points) } else { line(&label, &points) };
    let _ = write!(page, "<figure>\n<h3>{label}</h3>\n{drawing}<details><summary>{}</summary>\n<table>\n", {
        escape(&catalogue.text(Label::ExportTable))
    });
    for point in &points {
        let _ = writeln!(page, "<tr><th>{}</th><td>{}</td></tr>", escape(&point.x), number(point.y));
    }
    let _ = writeln!(page, "</table></details>\n</figure>");
}

fn bars(label: &str, points: &[Point]) -> String {
    let shown = points.get(..points.len().min(MOST_BARS)).unwrap_or(points);
    let most = shown.iter().map(|point| point.y).fold(1.0, f64::max);
    let mut drawing =
        format!("<svg viewBox=\"0 0 600 {}\" role=\"img\" aria-label=\"{label}\">\n", shown.len() * 24 + 4);
    for (row, point) in shown.iter().enumerate() {
        let (top, width) = (row * 24, point.y / most * 360.0);
        let _ = writeln!(
            drawing,
            "<text x=\"170\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect class=\"bar\" x=\"180\" y=\"{}\" width=\"{width:.1}\" height=\"16\" rx=\"3\"/>\
             <text x=\"{:.1}\" y=\"{}\">{}</text>",
            top + 15,
            escape(&shortened(&point.x)),
            top + 3,
            186.0 + width,
            top + 15,
            number(point.y),
        );
    }
    drawing + "</svg>\n"
}

/// Points in their order, evenly apart: what is between two of them is not known.
fn line(label: &str, points: &[Point]) -> String {
    let most = points.iter().map(|point| point.y).fold(1.0, f64::max);
    let least = points.iter().map(|point| point.y).fold(0.0, f64::min);
    let last = u32::try_from(points.len().saturating_sub(1).max(1)).unwrap_or(u32::MAX);
    let place = |(at, point): (u32, &Point)| {
        (30.0 + f64::from(at) / f64::from(last) * 560.0, 150.0 - (point.y - least) / (most - least) * 130.0)
    };
    let places: Vec<(f64, f64)> = (0..).zip(points).map(place).collect();
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let mut drawing = format!(
        "<svg viewBox=\"0 0 600 175\" role=\"img\" aria-label=\"{label}\">\n<line class=\"axis\" x1=\"30\" y1=\"150\" x2=\"590\" y2=\"150\"/>\n\
         <text x=\"26\" y=\"24\" text-anchor=\"end\">{}</text><text x=\"26\" y=\"154\" text-anchor=\"end\">{}</text>\n\
         <polyline class=\"path\" points=\"{}\"/>\n",
        number(most),
        number(least),
        path.join(" "),
    );
    for (x, y) in &places {
        let _ = write!(drawing, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>");
    }
    for (point, anchor, x) in [(points.first(), "start", 30), (points.last(), "end", 590)] {
        let day = point.and_then(|point| point.x.get(..10)).unwrap_or_default();
        let _ = write!(drawing, "<text x=\"{x}\" y=\"170\" text-anchor=\"{anchor}\">{}</text>", escape(day));
    }
    drawing + "\n</svg>\n"
}

fn article(page: &mut String, entry: &Entry, material: &Material, catalogue: Catalogue) {
    let day = escape(&catalogue.text(Phrase::Day(entry.written.local_date())));
    let time = catalogue::clock(entry.written.to_chrono().time());
    let kind = escape(&word(catalogue::kinds(), entry.body.kind(), catalogue));
    let _ = write!(page, "<article>\n<h3>{kind}</h3>\n<p>{day}, {time}</p>\n<dl>\n");
    let is_chosen = |name: &String| material.fields.as_ref().is_none_or(|chosen| chosen.contains(name));
    for (name, value) in fields(entry).into_iter().filter(|(name, _)| is_chosen(name)) {
        let value = value_reads(&name, &value, catalogue);
        let name = word(catalogue::fields(), &name, catalogue);
        if !value.is_empty() {
            let _ = writeln!(page, "<dt>{}</dt><dd>{}</dd>", escape(&name), escape(&value));
        }
    }
    let _ = writeln!(page, "</dl>\n</article>");
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 26 { text.to_owned() } else { text.chars().take(25).chain(['…']).collect() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
