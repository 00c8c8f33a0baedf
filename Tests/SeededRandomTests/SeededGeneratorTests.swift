import SeededRandom
import Testing

@Suite struct SeededGeneratorTests {
  /// First outputs of the authors' xoshiro256starstar.c with the state filled by their splitmix64.c from seed 0.
  @Test func `the stream is the published one`() {
    var generator = SeededGenerator(seed: 0)
    #expect(generator.next() == 0x99ec_5f36_cb75_f2b4)
    #expect(generator.next() == 0xbf6e_1f78_4956_452a)
  }

  @Test func `bounded numbers stay in range and reach both ends`() {
    var generator = SeededGenerator(seed: 7)
    let numbers = (0..<10_000).map { _ in generator.next(in: -3...3) }
    #expect(Set(numbers) == Set(-3...3))
    #expect(generator.next(in: 5...5) == 5)
    #expect((Int.min...Int.max).contains(generator.next(in: Int.min...Int.max)))
  }

  @Test func `streams of one seed differ and repeat`() {
    var first = SeededGenerator(seed: 1, stream: "a")
    var again = SeededGenerator(seed: 1, stream: "a")
    var other = SeededGenerator(seed: 1, stream: "b")
    let value = first.next()
    #expect(value == again.next())
    #expect(value != other.next())
  }

  @Test func `a shuffle keeps every element`() {
    var generator = SeededGenerator(seed: 3)
    var numbers = Array(0..<100)
    generator.shuffle(&numbers)
    #expect(numbers != Array(0..<100))
    #expect(numbers.sorted() == Array(0..<100))
  }
}
