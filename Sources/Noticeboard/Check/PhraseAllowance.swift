import Formats
import Privacy

/// A phrase that reads as if it told of a person and is right to be published: somebody answers for it, by a code that is the
/// sentence's. Whoever changes the sentence needs a new one.
public struct PhraseAllowance: Sendable {
    /// The file, below the site.
    let file: Reference
    let code: String

    /// Reads `privacy: allow:` of `site.yml`: file, code, reason and approved_by, all of them.
    static func load(_ reader: inout FieldReader) -> [PhraseAllowance] {
        guard var form = reader.fields("privacy", "隐私") else { return [] }
        var allowances: [PhraseAllowance] = []
        for var entry in form.list("allow", "允许") {
            let file = entry.reference("file", "文件", required: true)
            let code = entry.text("code", "代码", required: true)
            let reason = entry.text("reason", "理由", required: true)
            let approver = entry.text("approved_by", "批准人", required: true)
            if let file, let code, reason != nil, approver != nil { allowances.append(.init(file: file, code: code)) }
            form.take(&entry)
        }
        reader.take(&form)
        return allowances
    }

    /// The code of a phrase: sixteen bits, too few to tell what was written.
    static func code(_ kind: PersonalPhrases.Kind, _ sentence: ArraySlice<UInt8>) -> String {
        var fingerprint = Fingerprint(kind.rawValue)
        fingerprint.mix(String(decoding: sentence, as: UTF8.self).trimmed)
        let digits = String(fingerprint.value & 0xFFFF, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
