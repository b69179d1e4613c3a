namespace Fpe.Quantization;

/// <summary>The ranges of a network in a fixed order: of its samples, and of its layers by position.</summary>
internal static class ScaleList
{
    /// <summary>Returns them in order.</summary>
    public static IEnumerable<ValueScale> Of(QuantizedNumbers numbers) =>
        [numbers.Input, .. numbers.Layers.OrderBy(layer => layer.Key).SelectMany(layer => Of(layer.Value))];

    private static IEnumerable<ValueScale> Of(LayerNumbers layer) => layer switch
    {
        EdgeNumbers { Table: not null } edges => [edges.Sums, edges.Output],
        EdgeNumbers or CurveNumbers or UnitNumbers or RangeNumbers => [layer.Output],
        TableNumbers { Positions: not null } table => [table.RowScale, table.PositionScale, table.Output],
        TableNumbers table => [table.RowScale, table.Output],
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "Unknown numbers of a layer."),
    };
}
