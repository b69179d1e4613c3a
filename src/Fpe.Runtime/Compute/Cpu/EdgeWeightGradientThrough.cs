namespace Fpe.Compute.Cpu;

/// <content>
/// The gradient with respect to the outputs of a layer is computed piece by piece, where it is read at once: it is as wide as the outputs,
/// and would otherwise be written to memory and read again.
/// </content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>Largest number of outputs of the reader: their lanes (4 KiB) stay in the first-level cache for all columns.</summary>
    private const int ReaderRows = InputGradientRows;

    public void EdgeWeightGradientThrough(
        in EdgeReader reader, DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        var structure = (CpuEdges)edges;
        var readerStructure = (CpuEdges)reader.Edges;
        if (!IsReadThrough(structure, readerStructure, batch))
        {
            EdgeInputGradient(reader.Edges, reader.Weights, ActivationFunction.Identity, null, reader.Output, reader.Gradient, dy, batch);
            EdgeWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
            return;
        }

        float* dw = Floats(weightGradient).Address;
        var gradient = new WeightGradientArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            PieceCount = structure.Blocks.PieceCount,
            Holes = structure.Blocks.HoleAddress,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Function = function,
            Argument = SlopeArgument(function, z, y),
            DzStride = Panels(y).PanelStride,
            Dw = dw,
            Db = Floats(biasGradient).Address,
            Batch = batch,
            Width = device.Width,
            Reader = readerStructure.Blocks.All,
            ReaderWeights = Floats(reader.Weights).Address,
            ReaderDz = Panels(reader.Gradient).Values,
            ReaderDzStride = Panels(reader.Gradient).PanelStride,
        };
        long work = (structure.StorageLength + (long)readerStructure.StorageLength) * batch;
        Run(gradient.PieceCount, &WeightGradientChunk, &gradient, work);
    }

    /// <summary>
    /// Whether every piece can compute its part of the reader's input gradient: the rows of a piece are adjacent columns of the reader's
    /// only block. The bits are those of two kernels. Few samples have kernels of their own.
    /// </summary>
    private static bool IsReadThrough(CpuEdges edges, CpuEdges reader, int batch) =>
        batch > FewSamples.Maximum && edges.Grid.RowCount == 0 && edges.Blocks.RowsFollow &&
        reader.Blocks.IsOneOverAllInputs && reader.Blocks.All->RowCount <= ReaderRows;
}
