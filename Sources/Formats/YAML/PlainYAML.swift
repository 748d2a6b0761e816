/// Reads the YAML that nearly all front matter is made of — a line for each `key: value`, with plain or double-quoted texts
/// and short lists of plain texts — without libyaml. Whatever else it sees, it says nothing and libyaml is asked.
///
/// This works only if it never answers differently from libyaml, places included; a test compares them on random text.
struct PlainYAML {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let range: Range<Int>

    /// The mapping in a range of a file; nil where libyaml has to be asked.
    static func parse(_ source: SourceFile, in range: Range<Int>) -> YAMLNode? {
        source.bytes.withUnsafeBufferPointer { PlainYAML(bytes: $0, range: range).mapping() }
    }

    private func mapping() -> YAMLNode? {
        var entries: [YAMLNode.Entry] = []
        entries.reserveCapacity(16)
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, bytes[end] != 10 {
                // Tabs, CR, other controls and what libyaml takes for a line's end are not ours.
                if bytes[end] < 32 || bytes[end] == 0x7F || isRare(end) { return nil }
                end += 1
            }
            guard let entry = entry(start..<end), !entries.contains(where: { sameBytes($0.key, entry.key) }) else {
                return nil
            }
            entries.append(entry)
            start = end + 1
        }
        guard let first = entries.first, let last = entries.last else { return nil }
        return YAMLNode(content: .mapping(entries), range: first.keyRange.lowerBound..<last.value.range.upperBound)
    }

    /// U+0085, U+2028, U+2029, U+FEFF, and whatever libyaml does not allow.
    private func isRare(_ index: Int) -> Bool {
        switch bytes[index] {
        case 0xC2: index + 1 < range.upperBound && bytes[index + 1] < 0xA0
        case 0xE2: index + 1 < range.upperBound && bytes[index + 1] == 0x80
        case 0xEF:
            index + 1 < range.upperBound && bytes[index + 1] >= 0xBB && bytes[index + 1] != 0xBC
                && bytes[index + 1] != 0xBD
        case 0xED, 0xF0...: true
        default: false
        }
    }

    /// `key: value`; the key of ASCII letters and `_`, or of Han characters.
    private func entry(_ line: Range<Int>) -> YAMLNode.Entry? {
        var colon = line.lowerBound
        while colon < line.upperBound, isKeyByte(bytes[colon]) { colon += 1 }
        guard colon > line.lowerBound, colon - line.lowerBound < 100, colon + 2 < line.upperBound,
            bytes[colon] == UInt8(ascii: ":"), bytes[colon + 1] == 32, bytes[colon + 2] != 32
        else { return nil }
        guard let value = value(colon + 2..<line.upperBound) else { return nil }
        return YAMLNode.Entry(key: text(line.lowerBound..<colon), keyRange: line.lowerBound..<colon, value: value)
    }

    private func isKeyByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private func value(_ range: Range<Int>) -> YAMLNode? {
        switch bytes[range.lowerBound] {
        case UInt8(ascii: "\""): quoted(range)
        case UInt8(ascii: "["): list(range)
        default:
            isPlain(range, inList: false) ? YAMLNode(content: .scalar(text(range), isPlain: true), range: range) : nil
        }
    }

    private func quoted(_ range: Range<Int>) -> YAMLNode? {
        let inner = range.dropFirst().dropLast()
        guard range.count >= 2, bytes[range.upperBound - 1] == UInt8(ascii: "\"") else { return nil }
        for index in inner where bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\\") { return nil }
        return YAMLNode(content: .scalar(text(inner.startIndex..<inner.endIndex), isPlain: false), range: range)
    }

    /// `[a, b]`, with a space behind each comma.
    private func list(_ range: Range<Int>) -> YAMLNode? {
        guard bytes[range.upperBound - 1] == UInt8(ascii: "]"), range.count > 2 else { return nil }
        var items: [YAMLNode] = []
        var start = range.lowerBound + 1
        while true {
            var end = start
            while end < range.upperBound - 1, bytes[end] != UInt8(ascii: ",") { end += 1 }
            let item = start..<end
            guard !item.isEmpty, isPlain(item, inList: true) else { return nil }
            items.append(YAMLNode(content: .scalar(text(item), isPlain: true), range: item))
            if end == range.upperBound - 1 { break }
            guard end + 2 < range.upperBound, bytes[end + 1] == 32 else { return nil }
            start = end + 2
        }
        return YAMLNode(
            content: .sequence(items), range: range.lowerBound..<(items.last?.range.upperBound ?? range.upperBound))
    }

    /// A text that means itself: begins with a letter, a digit or a character that is not ASCII, and holds none of the signs
    /// that could mean more, or blanks at its end.
    private func isPlain(_ range: Range<Int>, inList: Bool) -> Bool {
        let first = bytes[range.lowerBound]
        let isWord =
            (48...57).contains(first) || (65...90).contains(first) || (97...122).contains(first) || first >= 0x80
        guard isWord, bytes[range.upperBound - 1] != 32 else { return false }
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "#"): return false
            case UInt8(ascii: ":"):
                let isLast = index + 1 == range.upperBound
                if inList || isLast || bytes[index + 1] == 32 { return false }
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","),
                UInt8(ascii: "?"):
                if inList { return false }
            default: break
            }
        }
        return true
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
