import Privacy

/// What says that a dataset counts persons or illness: a column of persons, or a word in a name, a label, an alias or a unit.
/// Better a dataset too many that is not published than one too few.
struct PersonSign {
    let word: String
    /// Where it stands.
    let place: (zh: String, en: String)

    /// Nil where everything names things.
    init?(id: String, name: String, columns: [DatasetDefinition.Column]) {
        for column in columns {
            if let word = column.wordOfPersons {
                (self.word, place) = (word, ("“\(column.label)”列", "The column “\(column.label)”"))
                return
            }
        }
        guard let word = ThingWords.wordOfPersons(in: name) ?? ThingWords.wordOfPersons(in: id) else { return nil }
        (self.word, place) = (word, ("名称", "The name"))
    }
}

extension DatasetDefinition.Column {
    /// Whether the column counts persons, or may.
    var countsPersons: Bool { wordOfPersons != nil }

    /// What says that the column counts persons: its kind, its unit, or one of its names.
    fileprivate var wordOfPersons: String? {
        if kind == .persons { return "persons" }
        if let word = unitOfPersons { return word }
        // The names of a column that says which class or grade a row is of are those of classes.
        if namesUnit { return nil }
        return names.lazy.compactMap(ThingWords.wordOfPersons).first
    }

    /// 人, 名学生: a unit of persons.
    private var unitOfPersons: String? {
        let words = unit.unicodeScalars.filter { $0.properties.generalCategory != .format }.map(String.init).joined()
        return ["人", "名", "位", "例", "个学生"].first(where: words.contains) ?? ThingWords.wordOfPersons(in: words)
    }
}
