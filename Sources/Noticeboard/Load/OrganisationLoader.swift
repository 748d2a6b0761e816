import Formats

extension Organisation {
    /// Reads `organisation.yml`.
    static func load(_ source: SourceFile, into diagnostics: inout [Diagnostic]) -> Organisation {
        var organisation = Organisation()
        let before = diagnostics.count
        let node = YAML.parse(source, into: &diagnostics)
        if node == nil, diagnostics.count > before { return organisation }
        var reader = FieldReader(source, node)
        organisation.name = reader.text("name", "名称") ?? ""
        organisation.partners = reader.read("partners", Partner.init)
        organisation.offices = reader.read("offices", Office.init)
        organisation.contacts = reader.read("contacts", Contact.init)
        if var group = reader.fields("leading_group", required: true) {
            organisation.leadingGroupName = group.text("name", "名称") ?? "领导小组"
            organisation.posts = group.read("posts", Post.init)
            organisation.duties = group.texts("duties", "职责")
            reader.take(&group)
        }
        reader.reportRepeated("offices", organisation.offices.map(\.id))
        reader.reportRepeated("contacts", organisation.contacts.map(\.id))
        reader.finish()
        diagnostics += reader.diagnostics
        return organisation
    }
}

extension FieldReader {
    /// A list of mappings, each read into a value; entries that cannot be read are left out, with their errors.
    fileprivate mutating func read<T>(_ name: String, _ make: (inout FieldReader) -> T?) -> [T] {
        var result: [T] = []
        for var entry in list(name) {
            if let value = make(&entry) { result.append(value) }
            take(&entry)
        }
        return result
    }
}

extension FieldReader {
    /// A telephone number that can be dialled.
    fileprivate mutating func phone(required: Bool) -> String? {
        guard let given = reference("phone", "电话", required: required) else { return nil }
        let number = PhoneNumber.normalised(given.name)
        if number == nil { report(PhoneNumber.mistake(source, given.range)) }
        return number
    }
}

extension Organisation.Post {
    fileprivate init?(_ reader: inout FieldReader) {
        guard let role = reader.text("role", "职务", required: true), let post = reader.text("post", "岗位", required: true)
        else {
            return nil
        }
        (self.role, self.post) = (role, post)
    }
}

extension Organisation.Partner {
    fileprivate init?(_ reader: inout FieldReader) {
        let id = reader.id("id")
        let name = reader.text("name", "名称", required: true)
        role = reader.text("role", "职责") ?? ""
        does = reader.text("does", "任务") ?? ""
        phone = reader.phone(required: false)
        guard let id, let name else { return nil }
        (self.id, self.name) = (id, name)
    }
}

extension Organisation.Office {
    fileprivate init?(_ reader: inout FieldReader) {
        let id = reader.id("id")
        let name = reader.text("name", "名称", required: true)
        let short = reader.text("short", "简称")
        kind =
            reader.choice(["kind", "类型"], [(["office", "处室"], Kind.office), (["grade", "年级"], .grade)]) ?? .office
        head = reader.text("head", "负责岗位")
        phone = reader.phone(required: false)
        guard let id, let name else { return nil }
        (self.id, self.name, self.short) = (id, name, short ?? name)
    }
}

extension Organisation.Contact {
    fileprivate init?(_ reader: inout FieldReader) {
        let id = reader.id("id")
        label = reader.translated("name", "名称", required: true)
        answeredBy = reader.translated("post", "岗位")
        let phone = reader.phone(required: true)
        answered = reader.translated("hours", "时间")
        use = reader.translated("for", "用途")
        isUrgent = reader.flag("urgent", "紧急")
        guard let id, !label.text.isEmpty, let phone else { return nil }
        (self.id, self.phone) = (id, phone)
    }
}
