import Formats
import Statistics

/// Looks into files that are offered for download: whatever a reader could open is looked through for persons.
struct AttachmentCheck {
    let tree: SourceTree
    let privacy: PersonalData
    /// Datasets of persons: their reports must not leave by this door.
    let datasets: [DatasetDefinition]
    /// Whether a file was looked into by the last build, with the same rules, and has not been touched since.
    let isKnown: (SourceTree.File) -> Bool

    func diagnostics() throws -> [Diagnostic] {
        try tree.files(under: "content/files/").flatMap { file in
            let own = privacy.errors(in: SourceFile(path: file.path, bytes: [])) + warnings(file.path)
            return own + (isKnown(file) ? [] : try inside(file))
        }
    }

    private func inside(_ file: SourceTree.File) throws -> [Diagnostic] {
        switch file.path.split(separator: ".").last.map({ $0.lowercased() }) {
        case "csv", "txt", "ics": text(file.path, try tree.bytes(of: file))
        case "xlsx": workbook(file.path, try tree.bytes(of: file))
        case "jpg", "jpeg", "png", "webp", "gif": picture(file.path, try tree.bytes(of: file))
        default: []
        }
    }

    private func warnings(_ path: String) -> [Diagnostic] {
        [".xls", ".et"].contains(where: path.lowercased().hasSuffix) ? [notLookedInto(path)] : []
    }

    private func text(_ path: String, _ raw: [UInt8]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        guard let source = SourceFile.decode(path: path, raw: raw, into: &found) else { return found }
        // A download is published as it is, so its encoding is its own business.
        found = privacy.errorsInside(source) + refusals(source)
        if path.lowercased().hasSuffix(".csv") {
            var ignored: [Diagnostic] = []
            let table = CSVTable(source, into: &ignored)
            found += filledNames(table) + formulas(table) + (found.hasErrors ? [] : privacy.errors(in: table))
        }
        return found
    }

    /// An error at the first cell that a spreadsheet would carry out (OWASP, CSV injection). A number may have its sign.
    private func formulas(_ table: CSVTable) -> [Diagnostic] {
        let isFormula = { (text: String) in
            guard beginsLikeFormula(text), let first = text.unicodeScalars.first else { return false }
            return "=@".unicodeScalars.contains(first)
                || text.unicodeScalars.contains { "(!|".unicodeScalars.contains($0) }
        }
        let cell = table.rows.joined().first { isFormula(table.text($0)) }
        return cell.map { [formula(table.source, $0.range)] } ?? []
    }

    private func workbook(_ path: String, _ raw: [UInt8]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        guard let book = Workbook(path: path, raw: raw, into: &found) else { return found }
        // Hidden sheets travel with the file, so they are looked into as well.
        for sheet in book.sheets + book.hiddenSheets {
            let table = sheet.table(path: path)
            var inside = privacy.errorsInside(table.source) + refusals(table.source) + filledNames(table)
            if !inside.hasErrors { inside += privacy.errors(in: table) }
            found += inside.map { sheet.located($0, in: table) }
        }
        // Comments and text boxes have no cell: the place of what stands in them is the file.
        for note in book.notes {
            found += privacy.errorsInside(SourceFile(path: path, text: note)).map(inNotes)
        }
        return found
    }

    private func inNotes(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic.fixed(by: nil)
        diagnostic.location = Diagnostic.Location(path: diagnostic.location.path)
        diagnostic.notes = [
            .init(diagnostic.location, .init("在批注、文本框或页眉页脚里。", "In a comment, a text box, a header or a footer."))
        ]
        return diagnostic
    }

    private func refusals(_ source: SourceFile) -> [Diagnostic] {
        Array(datasets.compactMap { $0.refusal(ofAttachment: source) }.prefix(1))
    }

    /// An error where a column of names or numbers of persons is filled in: a blank form may have one.
    private func filledNames(_ table: CSVTable) -> [Diagnostic] {
        let words = ["姓名", "名字", "身份证", "证件号", "手机", "家庭住址", "出生日期", "出生年月"]
        for (row, cells) in table.rows.prefix(6).enumerated() {
            for (column, cell) in cells.enumerated() where words.contains(where: table.text(cell).contains) {
                let below = table.rows[(row + 1)...].first { column < $0.count && !table.text($0[column]).isEmpty }
                if let below { return [filled(table.source, below[column].range)] }
            }
        }
        return []
    }

    private func picture(_ path: String, _ raw: [UInt8]) -> [Diagnostic] {
        let metadata = ImageMetadata(raw)
        var found: [Diagnostic] = []
        if metadata.hasPlace { found.append(tells(path, "拍摄地点（GPS）", "where it was taken (GPS)")) }
        if metadata.hasAuthor { found.append(tells(path, "作者姓名", "who made it")) }
        return found.isEmpty && ImageSize(raw) == nil ? [noPicture(path)] : found
    }
}

private func formula(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "csv.formula", at: range, "这一格会被Excel、WPS当作公式运行，不能让人下载。",
        "Spreadsheets would carry this cell out as a formula; it must not be offered for download.",
        fix: .init("写成算好的数字或文字。", "Write the result, or words."))
}

private func noPicture(_ path: String) -> Diagnostic {
    Diagnostic(
        .error, "image.unreadable", in: path, "这不是图片文件，或者已损坏。", "This is no picture, or it is damaged.",
        fix: .init("用看图软件打开看看，另存为PNG或JPG后放回。", "Open it in a picture viewer and save it again as PNG or JPEG."))
}

private func filled(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic {
    source.error(
        "privacy.filled-column", at: range.lowerBound..<range.lowerBound, "附件里有填了内容的个人信息列（姓名、证件、手机、住址等），不能公开。",
        "A column of personal data is filled in; such a file must not be published.",
        fix: .init(
            "只发布空白表格；填好的表不要放进content/files/。", "Publish blank forms only; keep filled ones out of content/files/."),
        confidential: true)
}

private func tells(_ path: String, _ zh: String, _ en: String) -> Diagnostic {
    Diagnostic(
        .error, "privacy.image-metadata", in: path, "图片文件里带有\(zh)。", "The picture's file tells \(en).",
        fix: .init(
            "Windows：右键→属性→详细信息→“删除属性和个人信息”；或用微信发给自己再保存。",
            "On Windows: Properties, Details, “Remove Properties and Personal Information”; or save a screenshot of it."
        ))
}

private func notLookedInto(_ path: String) -> Diagnostic {
    Diagnostic(
        .warning, "privacy.not-looked-into", in: path, "旧格式的表格无法检查里面有没有个人信息。",
        "A spreadsheet of the old format cannot be looked into.",
        fix: .init("另存为.xlsx再发布。", "Save it as .xlsx and publish that."))
}
