import Formats

extension FieldReader {
    /// The language of a text, as BCP 47 writes it: `en`, `zh-CN`.
    mutating func language() -> String? {
        guard let given = reference("lang", "语言") else { return nil }
        if given.name == "en" || given.name.wholeMatch(of: /[a-z]{2,3}(-[A-Z][A-Za-z]{1,3}|-[0-9]{3})?/) != nil {
            return given.name
        }
        report(
            source.error(
                "field.language", at: given.range, "不认识语言“\(given.name)”。", "Unknown language “\(given.name)”.",
                fix: .init("英文写en，中文写zh-CN。", "Write en for English, zh-CN for Chinese.")))
        return nil
    }
}
