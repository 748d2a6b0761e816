extension TemplateSchema {
    /// What a record lacks or has beyond the fields that a component declares: the program's side of the contract.
    public func mismatches(_ record: Record, with component: String) -> [String] {
        mismatches(record, fields(of: component), path: component)
    }

    private func mismatches(_ record: Record, _ fields: [Field], path: String) -> [String] {
        let given = Set(record.names)
        let declared = Set(fields.map(\.name))
        var result = given.subtracting(declared).sorted().map { "\(path).\($0) is given but not declared" }
        result += declared.subtracting(given).sorted().map { "\(path).\($0) is declared but not given" }
        for field in fields {
            if let value = record[field.name] { result += mismatches(value, field.kind, path: "\(path).\(field.name)") }
        }
        return result
    }

    private func mismatches(_ value: Value, _ kind: Kind, path: String) -> [String] {
        switch (value, kind) {
        case (.absent, _), (.text, .text), (.bytes, .text), (.flag, .flag), (.markup, .markup), (.address, .address): []
        case (.list(let items), .texts): items.flatMap { mismatches($0, .text, path: path) }
        case (.list(let items), .list(let inner)): items.flatMap { mismatches($0, .record(inner), path: path) }
        case (.record, .record(let inner)), (.prepared, .record(let inner)):
            value.record.map { mismatches($0, fields(inner), path: path) } ?? []
        default: ["\(path) is of another kind than declared"]
        }
    }
}
