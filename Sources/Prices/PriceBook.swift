package import Contract

/// The prices of models: those that come with the program, under those that the user has given.
package struct PriceBook: Sendable {
  /// The first that knows a model decides.
  private let layers: [[ModelPrice]]

  package init(_ prices: [ModelPrice]) { layers = [prices] }

  private init(layers: [[ModelPrice]]) { self.layers = layers }

  /// What comes with the program: the data file `prices.json`, with the day and the source of each price.
  package static let builtIn: PriceBook = {
    let text = String(decoding: PackageResources.prices_json, as: UTF8.self)
    // A test reads the same bytes, and fails where they are no prices.
    return PriceBook((try? PriceFile.prices(text, name: "prices.json")) ?? [])
  }()

  /// This book with others on top, which decide where they know a model.
  package func overridden(by prices: [ModelPrice]) -> PriceBook { PriceBook(layers: [prices] + layers) }

  /// Every price, those that decide first.
  package var prices: [ModelPrice] { layers.flatMap { $0 } }

  /// The price of a model, under the model's own name; nil when it is not known.
  ///
  /// Within a layer the name itself counts most, then the name without the date of a version, then the longest
  /// beginning that ends in `*`. Of two prices for the same name the later one counts.
  ///
  /// - Parameter reference: `PROVIDER/MODEL`.
  package func price(of reference: String) -> ModelPrice? {
    for layer in layers {
      guard var price = Self.entry(for: reference, in: layer) else { continue }
      price.model = reference
      return price
    }
    return nil
  }

  private static func entry(for reference: String, in layer: [ModelPrice]) -> ModelPrice? {
    let undated = SnapshotName.undated(reference)
    if let exact = layer.last(where: { $0.model == reference }) { return exact }
    if let family = layer.last(where: { $0.model == undated }) { return family }
    let patterns = layer.filter { $0.model.hasSuffix("*") && reference.hasPrefix($0.model.dropLast()) }
    let longest = patterns.map(\.model.count).max()
    return patterns.last { $0.model.count == longest }
  }
}
