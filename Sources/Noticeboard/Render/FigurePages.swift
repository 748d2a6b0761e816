import Formats
import Statistics

extension SiteRenderer {
    private var operational: [Dataset] { site.datasets.filter { $0.definition.kind == .operational } }

    var newestReportDay: Day? {
        (operational.compactMap { $0.reports.last?.day } + [newestReleaseDay].compactMap { $0 }).max()
    }

    /// Whether a dataset's figures are old, and from when on they will be.
    func freshness(_ dataset: Dataset) -> Value {
        Freshness(dataset).map { freshness in
            .record([
                "is_stale": .flag(freshness.isStale(plan.local)),
                "after": .text("\(site.configuration.zone.moment(freshness.due).seconds)"),
                "due": .text("\(freshness.due.day.chineseShort) \(freshness.due.clock)"),
            ])
        } ?? .absent
    }

    /// A sentence a dataset, for today's page; one of an older day than the newest figures says which.
    func figureSentences() -> [Value] {
        let newest = newestReportDay
        func value(_ dataset: Dataset, _ sentence: String, _ day: Day?) -> Value {
            let date = day.flatMap { $0 == newest ? nil : "\($0.chineseShort)：" } ?? ""
            return .record([
                "name": .text(dataset.definition.name), "href": .address("figures/\(dataset.definition.id).html"),
                "sentence": .text(date + sentence), "freshness": freshness(dataset),
            ])
        }
        return releases.compactMap { dataset in
            ReleaseSummary(dataset).map { value(dataset, $0.sentence, $0.latest?.day) }
        } + operational.map { value($0, DatasetSummary($0).sentence, $0.reports.last?.day) }
    }

    /// How complete each kind of work was on the newest day, for today's page.
    func completionOverview() -> Value {
        let bars = operational.compactMap { dataset -> BarChart.Bar? in
            let summary = DatasetSummary(dataset)
            guard case .completion(let done, let of, _) = dataset.definition.show, let latest = summary.latest else {
                return nil
            }
            let (finished, due) = (summary.total(done, latest), summary.total(of, latest))
            if due == 0 { return nil }
            return BarChart.Bar(
                label: dataset.definition.name, value: finished, full: due,
                words: "\(plain(finished))/\(plain(due))\(latest.incomplete.map { "（\($0)已报）" } ?? "")",
                isLow: finished < due * DatasetSummary.fair)
        }
        return bars.isEmpty ? .absent : .markup(BarChart(bars: bars, label: "各项工作的完成情况，文字见上。").svg())
    }

    func figuresPage() -> PageRecord {
        let silent = site.datasets.filter { $0.definition.kind == .persons && $0.definition.publication == nil }
        let record: Record = [
            "date": .optional(newestReportDay?.chineseWithWeekday),
            "releases": .list(releases.compactMap(releaseRecord).map(Value.record)),
            "datasets": .list(operational.map { .record(datasetRecord($0)) }),
            "has_silent": .flag(!silent.isEmpty),
            "silent": .list(
                silent.map { dataset in
                    .record([
                        "name": .text(dataset.definition.name), "summary": .text(dataset.definition.summary),
                        "due": .text(dataset.definition.due),
                        "team": .text(site.team(dataset.definition.team.name)?.name ?? ""),
                    ])
                }),
            "reports_page": .address("figures/reports.html"),
        ]
        return PageRecord(
            title: wording.text(.figures), section: "figures/index.html", asOf: newestReportDay, record: record)
    }

    func datasetPage(_ dataset: Dataset) -> PageRecord {
        let summary = DatasetSummary(dataset)
        let record = datasetRecord(dataset).adding([
            "trend": summary.trend().map(Value.markup) ?? .absent,
            "trend_columns": .list(trendColumns(summary).map { .text(summary.label($0) + unitSuffix(summary, $0)) }),
            "trend_rows": .list(trendRows(summary)),
            "figures_page": .address("figures/index.html"),
            "csv": .address("figures/\(dataset.definition.id).csv"),
            "json": .address("figures/\(dataset.definition.id).json"),
        ])
        return PageRecord(
            title: dataset.definition.name, description: dataset.definition.summary,
            section: "figures/index.html", asOf: dataset.reports.last?.day, record: record)
    }
}

extension SiteRenderer {
    private func datasetRecord(_ dataset: Dataset) -> Record {
        let definition = dataset.definition
        let summary = DatasetSummary(dataset)
        let columns = definition.columns.indices
        var headings = columns.map { index -> Value in
            .record([
                "label": .text(summary.label(index) + unitSuffix(summary, index)),
                "is_number": .flag(isNumber(definition, index)),
            ])
        }
        if reserve(definition) != nil { headings.append(.record(["label": .text("可用天数"), "is_number": .flag(true)])) }
        return [
            "name": .text(definition.name), "href": .address("figures/\(definition.id).html"),
            "summary": .text(definition.summary), "due": .text(definition.due),
            "team": site.team(definition.team.name).map { .link($0.name, Route.ofSource($0.source.path)) } ?? .absent,
            "sentence": .text(summary.sentence), "freshness": freshness(dataset),
            "date": .optional(dataset.reports.last?.day.chineseWithWeekday),
            "columns": .list(headings), "rows": .list(rows(summary)),
            "chart": summary.chart().map(Value.markup) ?? .absent,
            "chart_note": .optional(summary.chartNote),
        ]
    }

    private func rows(_ summary: DatasetSummary) -> [Value] {
        let definition = summary.definition
        return (summary.latest?.rows ?? []).map { row in
            var cells = definition.columns.indices.dropFirst().map { index -> Value in
                .record(["text": .text(row.texts[index]), "is_number": .flag(isNumber(definition, index))])
            }
            if let (balance, use) = reserve(definition) {
                let days = summary.days(row, balance, use).map(plain) ?? "—"
                cells.append(.record(["text": .text(days), "is_number": .flag(true)]))
            }
            return .record(["heading": .text(row.texts.first ?? ""), "cells": .list(cells)])
        }
    }

    private func trendColumns(_ summary: DatasetSummary) -> [Int] {
        switch summary.definition.show {
        case .completion(let done, let of, _): [of, done]
        case .total(let of, _): [of]
        default: []
        }
    }

    private func trendRows(_ summary: DatasetSummary) -> [Value] {
        let columns = trendColumns(summary)
        if columns.isEmpty { return [] }
        return summary.reports.suffix(10).reversed().map { report in
            .record([
                "heading": .text(report.day.chineseShort + (report.incomplete.map { "（\($0)已报）" } ?? "")),
                "cells": .list(
                    columns.map {
                        .record(["text": .text(plain(summary.total($0, report))), "is_number": .flag(true)])
                    }),
            ])
        }
    }

    private func reserve(_ definition: DatasetDefinition) -> (Int, Int)? {
        if case .reserve(let balance, let use, _, _) = definition.show { (balance, use) } else { nil }
    }

    private func isNumber(_ definition: DatasetDefinition, _ column: Int) -> Bool {
        [.count, .number, .persons].contains(definition.columns[column].kind)
    }

    private func unitSuffix(_ summary: DatasetSummary, _ column: Int) -> String {
        summary.unit(column).isEmpty ? "" : "（\(summary.unit(column))）"
    }
}
