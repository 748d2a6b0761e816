private import Glibc

extension SourceFile {
    /// Reads a file's raw bytes as text: by its byte-order mark, else as strict UTF-8, else as GB18030 (which contains
    /// GBK and GB2312), the order in which a Chinese office's files are told apart.
    ///
    /// Returns nil, with an error at the first bad byte, when neither encoding fits, or the file is not text at all.
    public static func decode(path: String, raw: [UInt8], into diagnostics: inout [Diagnostic]) -> SourceFile? {
        // Nearly all files are this, and are looked at once.
        if isPlainText(raw) { return SourceFile(path: path, bytes: raw) }
        if let workbook = workbook(path, raw) {
            diagnostics.append(workbook)
            return nil
        }
        if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
            return utf8(path, Array(raw.dropFirst(3)), offset: 3, &diagnostics)
        }
        if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
            return converted(path, raw, from: "UTF-16", &diagnostics)
        }
        guard let bad = firstInvalidUTF8(raw) else { return checked(path, raw, &diagnostics) }
        if let text = convert(raw, from: "GB18030"), !hasPrivateUse(text) {
            let source = SourceFile(path: path, bytes: text)
            diagnostics.append(
                Diagnostic(
                    .warning, "encoding.gb18030", in: path,
                    "文件是GB18030（GBK）编码，已按此读取。", "The file is GB18030 (GBK); it was read as such.",
                    fix: .init("另存为UTF-8编码，可免去此提示。", "Save it as UTF-8 to silence this.")))
            return checked(path, source.bytes, &diagnostics)
        }
        diagnostics.append(unreadable(path, raw, offset: bad))
        return nil
    }
}

/// The offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nil.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return offset < bytes.count ? offset : nil
}

/// Whether bytes are UTF-8 that begins with neither a mark nor a workbook's signature, and hold nothing that is refused.
/// The common three-byte characters are told by their bits.
private func isPlainText(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
        if let first = bytes.first, [0x50, 0xD0, 0xEF, 0xFE, 0xFF].contains(first) { return false }
        guard let start = bytes.baseAddress else { return true }
        var index = 0
        while index + 4 <= bytes.count {
            // Four bytes at once: a Chinese character, or the sign that begins them.
            let four = UnsafeRawPointer(start + index).loadUnaligned(as: UInt32.self).littleEndian
            let lead = UInt8(truncatingIfNeeded: four)
            if four & 0xC0C0F0 == 0x8080E0, lead > 0xE0, lead != 0xED {
                // U+FFC0 and above, where U+FFFE and U+FFFF are.
                if four & 0xFFFF == 0xBFEF { return false }
                if lead == 0xE2, isOverride(UInt8(truncatingIfNeeded: four >> 8), UInt8(truncatingIfNeeded: four >> 16))
                {
                    return false
                }
                index += 3
            } else if lead < 0x80 {
                if isControl(lead) { return false }
                index += 1
            } else {
                guard let scalar = UnsafeBufferPointer(rebasing: bytes[index...]).firstScalar else { return false }
                index += UTF8.width(scalar)
            }
        }
        let rest = bytes[index...]
        if rest.allSatisfy({ $0 < 0x80 && !isControl($0) }) { return true }
        if rest.first == 0xE2 { return false }
        return String(validating: rest, as: UTF8.self) != nil && !rest.contains { isControl($0) } && rest.first != 0xEF
    }
}

private func isControl(_ byte: UInt8) -> Bool { byte < 32 && byte != 9 && byte != 10 && byte != 13 }

private func utf8(_ path: String, _ bytes: [UInt8], offset: Int, _ diagnostics: inout [Diagnostic]) -> SourceFile? {
    if let bad = firstInvalidUTF8(bytes) {
        diagnostics.append(unreadable(path, bytes, offset: bad, skipped: offset))
        return nil
    }
    return checked(path, bytes, &diagnostics)
}

private func converted(
    _ path: String, _ raw: [UInt8], from encoding: String, _ diagnostics: inout [Diagnostic]
) -> SourceFile? {
    guard let bytes = convert(raw, from: encoding) else {
        diagnostics.append(unreadable(path, raw, offset: 0))
        return nil
    }
    return checked(path, bytes, &diagnostics)
}

/// Text holds no NUL: such a file is a picture or a spreadsheet under a wrong name.
private func checked(_ path: String, _ bytes: [UInt8], _ diagnostics: inout [Diagnostic]) -> SourceFile? {
    if let control = firstControl(bytes) {
        if let nul = bytes[control...].firstIndex(of: 0) {
            diagnostics.append(unreadable(path, bytes, offset: nul))
            return nil
        }
        let place = SourceFile(path: path, bytes: bytes).location(control..<control + 1, confidential: true)
        diagnostics.append(
            Diagnostic(
                .error, "encoding.control-character", at: place,
                .init("这里有看不见的控制字符。", "A control character stands here."),
                fix: .init("删去这一处，重新输入。", "Delete it and type again.")
            ).fixed(by: SourceFile(path: path, bytes: bytes).replacing(control..<control + 1, with: "")))
        return nil
    }
    return SourceFile(path: path, bytes: bytes)
}

/// Whether the two bytes behind E2 make one of the characters that turn the direction of what follows, so that it reads
/// otherwise than it is (Unicode Technical Report 36, section 2.1): U+202A to U+202E, U+2066 to U+2069.
func isOverride(_ second: UInt8, _ third: UInt8) -> Bool {
    second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third)
}

/// The first character that no XML document may hold (XML 1.0, §2.2), and so no feed: a control character, U+FFFE, U+FFFF;
/// or one that turns the direction of text.
private func firstControl(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
        let controls = bytes.firstIndex(from: 0) {
            $0.below(32) .& .!($0.equal(to: 9) .| $0.equal(to: 10) .| $0.equal(to: 13))
        }
        return [controls, bytes.firstIndex(of: "\u{FFFE}"), bytes.firstIndex(of: "\u{FFFF}"), firstOverride(bytes)]
            .compactMap(\.self).min()
    }
}

/// Where the first character stands that turns the direction of text.
func firstOverride(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while let found = bytes.firstIndex(of: 0xE2, from: index) {
        if found + 2 < bytes.count, isOverride(bytes[found + 1], bytes[found + 2]) { return found }
        index = found + 1
    }
    return nil
}

private func unreadable(_ path: String, _ bytes: [UInt8], offset: Int, skipped: Int = 0) -> Diagnostic {
    let before = SourceFile(path: path, bytes: Array(bytes[..<offset]))
    var place = before.location(offset..<offset, confidential: true)
    place.length = 1
    let number = offset + skipped
    return Diagnostic(
        .error, "encoding.unreadable", at: place,
        .init(
            "无法读取：第\(number)字节处既不是UTF-8也不是GB18030文本。",
            "Cannot be read: byte \(number) is neither UTF-8 nor GB18030 text."),
        fix: .init(
            "请用原来的程序打开，另存为UTF-8文本（Excel/WPS：另存为“CSV UTF-8”）。",
            "Open it in the program it comes from and save it as UTF-8 text (Excel/WPS: “CSV UTF-8”)."))
}

/// A spreadsheet or document under a wrong name: an OLE2 or ZIP container.
private func workbook(_ path: String, _ raw: [UInt8]) -> Diagnostic? {
    guard raw.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) || raw.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return nil }
    return Diagnostic(
        .error, "encoding.workbook", in: path, "这是Excel、WPS或Word文件，只是改了扩展名。",
        "This is an Excel, WPS or Word file under another name.",
        fix: .init(
            "用原来的程序打开，另存为CSV或文本，不要直接改扩展名。",
            "Open it in its program and save it as CSV or text; renaming does not convert it."))
}

/// GB18030 maps every stray byte pair somewhere; real text never lands in the private-use area.
private func hasPrivateUse(_ text: [UInt8]) -> Bool {
    String(decoding: text, as: UTF8.self).unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) }
}

/// Converts with the C library's iconv; nil where the input is not valid in `encoding`.
private func convert(_ raw: [UInt8], from encoding: String) -> [UInt8]? {
    guard let converter = iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var input = raw.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: raw.count * 2 + 16)
    let written: Int? = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            var from = input.baseAddress
            var left = input.count
            var to = output.baseAddress
            var room = output.count
            let result = iconv(converter, &from, &left, &to, &room)
            return result == Int(bitPattern: UInt.max) || left > 0 ? nil : output.count - room
        }
    }
    guard let written else { return nil }
    return output[0..<written].map { UInt8(bitPattern: $0) }
}
