/// The running sum of a headline and what the words before do to the next one.
struct Clause {
    private(set) var total = 0.0
    private var wordsNegated = 0
    private var degree = 1.0
    private var isConceded = false
    private var isDoubted = false
    /// The last direction word not yet joined to a burden, its weight as added, and its age in words.
    private var lastDirection: (added: Double, direction: Double, age: Int)?
    /// Words since a burden was named.
    private var burdenAge: Int?
    /// Words since a merit was named.
    private var meritAge: Int?

    mutating func negate() {
        wordsNegated = 4
    }

    mutating func scale(_ factor: Double) {
        degree *= factor
    }

    /// What follows weighs more than what stood before.
    mutating func contrast() {
        total *= 0.6
        degree = 1.4
        isConceded = false
    }

    mutating func concede() {
        part()
        isConceded = true
    }

    mutating func doubt() {
        isDoubted = true
    }

    /// A word without a weight.
    mutating func pass() {
        age()
    }

    /// What moved before says nothing of what is named after.
    mutating func part() {
        lastDirection = nil
        burdenAge = nil
        age()
    }

    /// A word or phrase with a weight or a direction.
    mutating func add(weight: Double, direction: Double?) {
        var value = weight
        if let direction, let age = burdenAge, age <= 3 {
            value = -2 * direction
        } else if let direction, let age = meritAge, age <= 3, weight.magnitude < 2.5 {
            value = 2.5 * direction
        }
        let added = weighed(value)
        total += added
        age()
        lastDirection = direction.map { (added, $0, 0) }
    }

    /// Something whose rise is good, by itself or after the word that says where it goes.
    mutating func addMerit(weight: Double) {
        if let last = lastDirection, last.age <= 4 {
            let missing = max(0, 2.5 - last.added.magnitude)
            total += missing * (last.added < 0 || (last.added == 0 && last.direction < 0) ? -1 : 1)
            lastDirection = (last.added + missing * (last.added < 0 ? -1 : 1), last.direction, last.age)
        } else {
            total += weighed(weight)
        }
        age()
        meritAge = 0
    }

    /// A burden near a word that says where it goes speaks through that word alone.
    mutating func add(burden weight: Double) {
        if let last = lastDirection, last.age <= 2 {
            total -= last.added
            total += weighed(-2 * last.direction)
            lastDirection = nil
        } else {
            total += weighed(weight)
        }
        age()
        burdenAge = 0
    }

    /// A signed percentage is a move; a plain one makes the word before it stronger.
    mutating func add(percent: Double, isSigned: Bool) {
        if isSigned {
            total += weighed(percent > 0 ? 2.5 : percent < 0 ? -2.5 : 0)
        } else if let last = lastDirection, last.age <= 3 {
            total += (last.added < 0 ? -1.5 : last.added > 0 ? 1.5 : 0)
        }
        age()
    }

    mutating func end(_ mark: Character) {
        wordsNegated = 0
        degree = 1
        isConceded = false
        if mark != "," { (burdenAge, meritAge, lastDirection) = (nil, nil, nil) }
        if mark == "?" { total *= 0.6 }
    }

    private mutating func weighed(_ weight: Double) -> Double {
        var value = weight * degree
        if wordsNegated > 0 { value *= -0.7 }
        if isConceded { value *= 0.4 }
        if isDoubted { value *= 0.7 }
        if weight != 0 { degree = 1 }
        return value
    }

    private mutating func age() {
        wordsNegated = max(0, wordsNegated - 1)
        if let last = lastDirection { lastDirection = (last.added, last.direction, last.age + 1) }
        burdenAge = burdenAge.map { $0 + 1 }
        meritAge = meritAge.map { $0 + 1 }
    }
}
