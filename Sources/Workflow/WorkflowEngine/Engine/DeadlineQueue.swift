import Determinism
import WorkflowModel

/// The moments at which runs want to be woken, the earliest first, then by name: a binary heap.
struct DeadlineQueue: Sendable {
    private var heap: [(moment: Timestamp, run: RunID)] = []

    var count: Int { heap.count }

    var first: Timestamp? { heap.first?.moment }

    mutating func add(_ moment: Timestamp, _ run: RunID) {
        heap.append((moment, run))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes out a run whose moment has come; nil where none has.
    mutating func next(at time: Timestamp) -> (moment: Timestamp, run: RunID)? {
        guard let first = heap.first, first.moment <= time else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink()
        return first
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = 2 * parent + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
            guard heap[least] < heap[parent] else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
