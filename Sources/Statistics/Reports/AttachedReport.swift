import Formats

extension DatasetDefinition {
    /// An error when an attachment is a table of this dataset: a report of persons must not be published by the back door.
    /// It is one when its first lines name three of the dataset's columns of persons, or most of its columns.
    public func refusal(ofAttachment source: SourceFile) -> Diagnostic? {
        guard kind == .persons, [".csv", ".txt", ".xlsx"].contains(where: source.path.lowercased().hasSuffix) else {
            return nil
        }
        var ignored: [Diagnostic] = []
        let table = CSVTable(source, into: &ignored)
        let hasRows = table.rows.count > 1
        // As an import would recognise it.
        for row in table.rows.prefix(6) {
            let places = self.places(in: row.map { table.text($0) })
            let known = zip(columns, places).filter { $1 != nil }.map(\.0)
            let persons = known.count { $0.kind == .persons }
            if hasRows, persons >= 3 || (persons > 0 && known.count * 2 > columns.count) { return refusal(source) }
        }
        return nil
    }

    private func refusal(_ source: SourceFile) -> Diagnostic {
        Diagnostic(
            .error, "attachment.persons", in: source.path, "这个附件是“\(name)”一类的人数报表，不能公开。",
            "This attachment is a report of persons (“\(name)”), which must not be published.",
            fix: .init("从content/files/里移走它。", "Move it out of content/files/.")
        ).fixed(by: .remove)
    }
}
