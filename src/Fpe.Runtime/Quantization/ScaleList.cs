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
        TableNumbers { Positions: not null } table => [table.RowScale, table.PositionScale, table.Output],
        TableNumbers table => [table.RowScale, table.Output],
        _ => [layer.Output],
    };
}
