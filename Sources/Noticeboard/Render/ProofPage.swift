import Formats
import Statistics

extension SiteRenderer {
    /// Everything that was said of one day, and why it protects everybody.
    func proofPage(_ day: Day) -> PageRecord {
        let published = releases.compactMap { dataset -> Value? in
            guard let found = dataset.release.days.first(where: { $0.day == day }),
                let summary = ReleaseSummary(dataset)
            else { return nil }
            return .record(proofRecord(found, summary))
        }
        return PageRecord(
            title: wording.text(.proof, ["date": wording.date(day)]), section: "figures/index.html", asOf: day,
            record: [
                "date": .text(day.chineseWithWeekday), "datasets": .list(published),
                "figures_page": .address("figures/index.html"), "privacy_page": .address("privacy.html"),
            ])
    }

    private func proofRecord(_ day: ProtectedDay, _ summary: ReleaseSummary) -> Record {
        let proof = day.proof
        // Departments are no lines of any template.
        let lines = (proof?.lines ?? []).filter { day.finest != .school || $0.group.isEmpty }
        return [
            "name": .text(summary.definition.name), "href": .address("figures/\(summary.definition.id).html"),
            "sentence": .text(summary.sentence(of: day)), "template": .text(day.templateWords),
            "has_small": .flag(proof.map { $0.protectedCounts > 0 } ?? false),
            "k": .text("\(day.k)"), "largest": .text("\(day.k - 1)"), "has_proof": .flag(proof != nil),
            "counts": .text("\(proof?.protectedCounts ?? 0)"), "tables": .text("\(proof?.tables ?? 0)"),
            "focus": .text(proof.map { name($0.lines[$0.focus], summary) } ?? ""),
            "lines": .list(lines.map { lineValue($0, summary) }),
            "witnesses": .list(proof.map { witnessValues($0, summary) } ?? []),
        ]
    }

    private func lineValue(_ line: Proof.Line, _ summary: ReleaseSummary) -> Value {
        .record([
            "name": .text(name(line, summary)), "statement": .text(line.statement?.words ?? "不单列"),
            "possible": .text(line.high.map { "\(line.low)–\($0)" } ?? "\(line.low)及以上"),
            "first": .text("\(line.witnesses[0])"), "second": .text("\(line.witnesses[1])"),
        ])
    }

    private func name(_ line: Proof.Line, _ summary: ReleaseSummary) -> String {
        if !line.cause.isEmpty { return "全校·\(summary.label(cause: line.cause))" }
        return line.part.isEmpty ? (line.group.isEmpty ? "全校" : line.group) : line.part
    }

    /// Both tables whole, where there is more in them than the totals of the lines.
    private func witnessValues(_ proof: Proof, _ summary: ReleaseSummary) -> [Value] {
        if proof.causes.isEmpty { return [] }
        let columns = proof.causes.map { summary.label(cause: $0) } + ["其余"]
        return proof.witnesses.enumerated().map { index, witness in
            .record([
                "title": .text(index == 0 ? "表一" : "表二"), "columns": .list(columns.map(Value.text)),
                "rows": .list(
                    zip(proof.rows, witness.byCause).map { unit, counts in
                        .record([
                            "heading": .text(unit.part.isEmpty ? unit.group : unit.part),
                            "cells": .list(counts.map { .record(["text": .text("\($0)"), "is_number": .flag(true)]) }),
                        ])
                    }),
            ])
        }
    }
}

extension ProtectedDay {
    /// Which lines the day was published with.
    fileprivate var templateWords: String {
        if isWithdrawn { return "已撤回" }
        return switch (level, finest) {
        case (.nothing, _): "不公布"
        case (.totalOnly, _), (.full, .school): "只有全校总数"
        case (.withoutParts, _), (.full, .grade): "全校与各年级"
        case (.full, .class): "全校、各年级与各班"
        }
    }
}
