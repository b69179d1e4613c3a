using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Returns whether a layer has only single rows, in bands that <see cref="CellFewGradients"/> can compute.</summary>
    private static bool HasFewGradients(CpuEdges edges) =>
        edges.Blocks.Count == 0 && edges.Grid.RowCount > 0 && edges.Grid.BandWidth <= CellFewGradients.Rows;

    /// <summary>dz = dy ⊙ f′(z) for a few samples, in place; returns the first value.</summary>
    private static float* FewGradients(ElementFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        float* dz = Panels(dy).ReadFew(batch);
        if (function.Kind == ActivationFunction.Identity)
            return dz;
        CpuActivations argument = Panels(function.Kind.NeedsWeightedSums() ? z! : y);
        TimesSlopes(function, argument.ReadFew(batch), dz, (nint)dy.Features * FewSamples.Lanes(batch));
        return Panels(dy).WriteFew(batch);
    }

    /// <summary>Computes the gradient by inputs of a layer of single rows for a few samples.</summary>
    private void FewInputGradient(CpuEdges edges, float* weights, float* dz, Activations dx, int batch)
    {
        FewGradientArguments gradient = FewArguments(edges, dz, batch);
        gradient.Weights = weights;
        gradient.X = Panels(dx).WriteFew(batch);
        gradient.ChunkBands = CpuGrid.WidestBand / gradient.BandWidth;
        int chunks = DivideUp(gradient.ColumnBandCount, gradient.ChunkBands);
        long work = (long)edges.StorageLength * batch;
        if (device.Width != VectorWidth.Bits512 || !Avx512F.IsSupported)
            Run(chunks, &FewInputGradientOfBands<Lanes8, Vector256<float>, CachedRows>, &gradient, work);
        else if (gradient.BandWidth <= 64)
            Run(chunks, &FewInputGradientOfBands<Lanes16, Vector512<float>, Rows64>, &gradient, work);
        else
            Run(chunks, &FewInputGradientOfBands<Lanes16, Vector512<float>, Rows128>, &gradient, work);
    }

    /// <summary>Computes the gradients by weights and biases of a layer of single rows for a few samples.</summary>
    private void FewWeightGradient(CpuEdges edges, float* dz, Activations x, float* dw, float* db, int batch)
    {
        FewGradientArguments gradient = FewArguments(edges, dz, batch);
        gradient.Weights = dw;
        gradient.X = Panels(x).ReadFew(batch);
        FewBiasGradient(edges.Grid, dz, batch, db);
        int chunks = gradient.RowBandCount;
        long work = (long)edges.StorageLength * batch;
        if (device.Width != VectorWidth.Bits512 || !Avx512F.IsSupported)
            Run(chunks, &FewWeightGradientOfBand<Lanes8, Vector256<float>, CachedRows>, &gradient, work);
        else if (gradient.BandWidth <= 64)
            Run(chunks, &FewWeightGradientOfBand<Lanes16, Vector512<float>, Rows64>, &gradient, work);
        else
            Run(chunks, &FewWeightGradientOfBand<Lanes16, Vector512<float>, Rows128>, &gradient, work);
    }

    private static FewGradientArguments FewArguments(CpuEdges edges, float* dz, int batch) => new()
    {
        Cells = edges.Grid.All,
        Dz = dz,
        RowBandCount = edges.Grid.RowBandCount,
        ColumnBandCount = edges.Grid.ColumnBandCount,
        BandWidth = edges.Grid.BandWidth,
        OutputCount = edges.Layout.OutputCount,
        InputCount = edges.Layout.InputCount,
        Batch = batch,
        Shift = FewSamples.ShiftOf(batch),
    };

    /// <summary>db[r] = Σ_s dz[r, s] for the rows of a grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewBiasGradient(CpuGrid grid, float* dz, int batch, float* db)
    {
        int shift = FewSamples.ShiftOf(batch);
        uint* rows = grid.Rows;
        for (int i = 0; i < grid.RowCount; i++)
        {
            var row = (nint)(rows[i] / Panel.Width);
            float sum = 0;
            for (int s = 0; s < batch; s++)
                sum += dz[(row << shift) + s];
            db[row] = sum;
        }
    }

    /// <summary>Computes all samples for some bands of columns, as many columns as the widest band has.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewInputGradientOfBands<TLanes, TVector, TTable>(void* arguments, int chunk)
        where TLanes : struct, ITileVector<TVector>
        where TTable : struct, IRowTable<TTable, TVector>
    {
        var gradient = (FewGradientArguments*)arguments;
        float* sums = stackalloc float[CpuGrid.WidestBand * CellFewGradients.SumWidth];
        float* table = stackalloc float[CellFewGradients.Rows * TTable.Stride];
        int first = chunk * gradient->ChunkBands;
        int end = Math.Min(gradient->ColumnBandCount, first + gradient->ChunkBands);
        int firstInput = first * gradient->BandWidth;
        int inputs = Math.Min(gradient->InputCount, end * gradient->BandWidth) - firstInput;
        for (int s = 0; s < gradient->Batch; s++)
        {
            new Span<float>(sums, CpuGrid.WidestBand * CellFewGradients.SumWidth).Clear();
            for (int band = 0; band < gradient->RowBandCount; band++)
            {
                ReadBand(gradient, band, s, table, TTable.Stride);
                for (int column = first; column < end; column++)
                {
                    CellFewGradients.AddInputs<TLanes, TVector, TTable>(
                        gradient->Cells + (band * gradient->ColumnBandCount + column), gradient->Weights, table,
                        sums + (column - first) * gradient->BandWidth * CellFewGradients.SumWidth);
                }
            }

            float* dx = gradient->X + ((nint)firstInput << gradient->Shift) + s;
            for (int i = 0; i < inputs; i++)
                dx[(nint)i << gradient->Shift] = Vector512.Sum(Vector512.Load(sums + i * CellFewGradients.SumWidth));
        }
    }

    /// <summary>Computes all samples for a band of rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewWeightGradientOfBand<TLanes, TVector, TTable>(void* arguments, int band)
        where TLanes : struct, ITileVector<TVector>
        where TTable : struct, IRowTable<TTable, TVector>
    {
        var gradient = (FewGradientArguments*)arguments;
        float* table = stackalloc float[CellFewGradients.Rows * TTable.Stride];
        for (int s = 0; s < gradient->Batch; s++)
        {
            ReadBand(gradient, band, s, table, TTable.Stride);
            for (int column = 0; column < gradient->ColumnBandCount; column++)
            {
                CellFewGradients.Weights<TLanes, TVector, TTable>(
                    gradient->Cells + (band * gradient->ColumnBandCount + column), table, gradient->X + s, gradient->Shift, gradient->Weights,
                    s > 0);
            }
        }
    }

    /// <summary>Copies a sample's gradient by the outputs of a band of rows to a table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadBand(FewGradientArguments* gradient, int band, int sample, float* table, int stride)
    {
        int first = band * gradient->BandWidth;
        int count = Math.Min(gradient->BandWidth, gradient->OutputCount - first);
        float* dz = gradient->Dz + ((nint)first << gradient->Shift) + sample;
        for (int r = 0; r < count; r++)
            table[r * stride] = dz[(nint)r << gradient->Shift];
    }

    private struct FewGradientArguments
    {
        public CpuCell* Cells;

        /// <summary>The weights, or their gradient.</summary>
        public float* Weights;

        /// <summary>The inputs, or their gradient.</summary>
        public float* X;

        public float* Dz;
        public int RowBandCount, ColumnBandCount, BandWidth, ChunkBands, OutputCount, InputCount, Batch, Shift;
    }
}
