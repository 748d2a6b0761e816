import Glibc

extension SourceFile {
    /// Reads a file's raw bytes as text: by its byte-order mark, else as strict UTF-8, else as GB18030 (which contains
    /// GBK and GB2312), the order in which a Chinese office's files are told apart.
    ///
    /// Returns nil, with an error at the first bad byte, when neither encoding fits, or the file is not text at all.
    public static func decode(path: String, raw: [UInt8], into diagnostics: inout [Diagnostic]) -> SourceFile? {
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
        diagnostics.append(unreadable(path, offset: bad))
        return nil
    }
}

/// The offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nil.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    if isWellFormed(bytes) { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return offset < bytes.count ? offset : nil
}

private func isWellFormed(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
        String(validating: buffer, as: UTF8.self) != nil
    }
}

private func utf8(_ path: String, _ bytes: [UInt8], offset: Int, _ diagnostics: inout [Diagnostic]) -> SourceFile? {
    if let bad = firstInvalidUTF8(bytes) {
        diagnostics.append(unreadable(path, offset: bad + offset))
        return nil
    }
    return checked(path, bytes, &diagnostics)
}

private func converted(
    _ path: String, _ raw: [UInt8], from encoding: String, _ diagnostics: inout [Diagnostic]
) -> SourceFile? {
    guard let bytes = convert(raw, from: encoding) else {
        diagnostics.append(unreadable(path, offset: 0))
        return nil
    }
    return checked(path, bytes, &diagnostics)
}

/// Text holds no NUL: such a file is a picture or a spreadsheet under a wrong name.
private func checked(_ path: String, _ bytes: [UInt8], _ diagnostics: inout [Diagnostic]) -> SourceFile? {
    if let nul = bytes.firstIndex(of: 0) {
        diagnostics.append(unreadable(path, offset: nul))
        return nil
    }
    return SourceFile(path: path, bytes: bytes)
}

private func unreadable(_ path: String, offset: Int) -> Diagnostic {
    Diagnostic(
        .error, "encoding.unreadable", in: path,
        "无法读取：第\(offset)字节处既不是UTF-8也不是GB18030文本。",
        "Cannot be read: byte \(offset) is neither UTF-8 nor GB18030 text.",
        fix: .init(
            "请用原来的程序打开，另存为UTF-8文本（Excel/WPS：另存为“CSV UTF-8”）。",
            "Open it in the program it comes from and save it as UTF-8 text (Excel/WPS: “CSV UTF-8”)."))
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
