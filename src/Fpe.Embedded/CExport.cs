namespace Fpe.Embedded;

/// <summary>What was written, and what it needs of a device.</summary>
/// <param name="HeaderPath">The header.</param>
/// <param name="SourcePath">The source file.</param>
/// <param name="Format">The numbers of the network.</param>
/// <param name="Layers">The layers with tables, from input to output.</param>
/// <param name="TableBytes">
/// The bytes of all constant tables, in flash: those of the layers, and beside them the standardisation of samples and the names of classes,
/// on a device with pointers of 32 bits. Code comes on top.
/// </param>
/// <param name="ScratchBytes">The bytes of RAM that a prediction needs besides its stack, the sample and the outputs.</param>
/// <param name="MultiplyAdds">The products of weights and values in a prediction.</param>
public sealed record CExport(
    string HeaderPath, string SourcePath, NumberFormat Format, IReadOnlyList<CLayer> Layers, long TableBytes, long ScratchBytes, long MultiplyAdds)
{
    /// <summary>Gets the number of weights in the tables, which equals the number that the compiler proved for the model.</summary>
    public long Weights => Layers.Sum(layer => layer.Weights);

    /// <summary>Returns one line per layer and a last line with totals.</summary>
    public override string ToString() => string.Join(
        '\n', Layers.Select(layer => layer.ToString())
            .Append($"{Weights:#,0} weights, {TableBytes:#,0} bytes of tables, {ScratchBytes:#,0} bytes of scratch memory, {MultiplyAdds:#,0} multiply-adds"));
}
