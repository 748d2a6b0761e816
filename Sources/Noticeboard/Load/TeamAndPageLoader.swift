import Formats

extension Team {
    /// Reads a file of `teams/`.
    static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> Team? {
        guard let (fields, body, _) = source.fieldsAndBody("id、name、order、units、leaders", into: &diagnostics) else {
            return nil
        }
        var r = FieldReader(source, fields)
        let id = r.id("id", "编号")
        let name = r.text("name", "名称", required: true)
        let team = Team(
            source: source, id: id ?? "", order: r.integer("order", "顺序", in: 0...999) ?? 999, name: name ?? "",
            nameInEnglish: r.text("name_en", "英文名"), unitLabel: r.text("unit_label", "单位称谓") ?? "责任单位",
            units: r.references(["units", "责任单位"]), leaders: r.texts("leaders", "组长"),
            deputies: r.texts("deputies", "副组长"), members: r.texts("members", "成员"),
            summary: r.text("summary", "摘要") ?? "", body: body)
        r.finish()
        diagnostics += r.diagnostics
        return id == nil || name == nil ? nil : team
    }
}

extension Page {
    /// Reads a file of `pages/`.
    static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> Page? {
        guard let (fields, body, _) = source.fieldsAndBody("title、order、summary", into: &diagnostics) else {
            return nil
        }
        var r = FieldReader(source, fields)
        let title = r.text("title", "标题", required: true)
        let page = Page(
            source: source, title: title ?? "", titleInEnglish: r.text("title_en", "英文标题"),
            order: r.integer("order", "顺序", in: 0...999) ?? 999, menu: r.text("menu", "导航名"),
            summary: r.text("summary", "摘要") ?? body.lead.firstSentence, updated: r.day("updated", "更新"),
            language: r.language() ?? "zh-CN", translationOf: r.reference("translation_of", "译自"), body: body)
        r.finish()
        diagnostics += r.diagnostics
        return title == nil ? nil : page
    }
}
