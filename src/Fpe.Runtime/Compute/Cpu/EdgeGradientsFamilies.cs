using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
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
    private void InputGradientOfFamilies(CpuEdges edges, CpuFamilies families, float* weights, float* dz, Activations dx, int batch)
    {
        FamilyArguments gradient = ArgumentsOf(edges, families, batch);
        gradient.Weights = weights;
        gradient.Dz = dz;
        gradient.X = Panels(dx).WriteFew(batch);
        gradient.InputCount = dx.Features;
        gradient.ChunkBands = CpuGrid.WidestBand / gradient.BandWidth;
        Run(DivideUp(gradient.ColumnBandCount, gradient.ChunkBands), InputGradientOf(families), &gradient, (long)edges.StorageLength * batch);
    }

    /// <summary>Computes the gradients by weights and biases of a layer of single rows for a few samples.</summary>
    private void WeightGradientOfFamilies(CpuEdges edges, CpuFamilies families, float* dz, Activations x, float* dw, float* db, int batch)
    {
        FamilyArguments gradient = ArgumentsOf(edges, families, batch);
        gradient.Weights = dw;
        gradient.Dz = dz;
        gradient.X = Panels(x).ReadFew(batch);
        SumFew(edges.Grid, dz, batch, db);
        Run(gradient.RowBandCount, WeightGradientOf(families), &gradient, (long)edges.StorageLength * batch);
    }

    private static FamilyArguments ArgumentsOf(CpuEdges edges, CpuFamilies families, int batch) => new()
    {
        Bands = families.Bands,
        Cells = families.Cells,
        RowBandCount = edges.Grid.RowBandCount,
        ColumnBandCount = edges.Grid.ColumnBandCount,
        BandWidth = edges.Grid.BandWidth,
        Batch = batch,
        Shift = FewSamples.ShiftOf(batch),
    };

    /// <summary>db[r] = Σ_s dz[r, s] for the rows of a grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFew(CpuGrid grid, float* dz, int batch, float* db)
    {
        int shift = FewSamples.ShiftOf(batch);
        uint* rows = grid.Rows;
        for (int i = 0; i < grid.RowCount; i++)
        {
            nint row = (nint)(rows[i] / Panel.Width);
            float sum = 0;
            for (int s = 0; s < batch; s++)
                sum += dz[(row << shift) + s];
            db[row] = sum;
        }
    }

    private static delegate*<void*, int, void> InputGradientOf(CpuFamilies families) => (families.Lanes, families.Depth) switch
    {
        (8, 1) => &InputGradientOfFamilies<Lanes8, Families8, Vector256<float>, One>,
        (8, 2) => &InputGradientOfFamilies<Lanes8, Families8, Vector256<float>, Two>,
        (8, 4) => &InputGradientOfFamilies<Lanes8, Families8, Vector256<float>, Four>,
        (8, _) => &InputGradientOfFamilies<Lanes8, Families8, Vector256<float>, Eight>,
        (_, 1) => &InputGradientOfFamilies<Lanes16, Families16, Vector512<float>, One>,
        (_, 2) => &InputGradientOfFamilies<Lanes16, Families16, Vector512<float>, Two>,
        (_, 4) => &InputGradientOfFamilies<Lanes16, Families16, Vector512<float>, Four>,
        _ => &InputGradientOfFamilies<Lanes16, Families16, Vector512<float>, Eight>,
    };

    private static delegate*<void*, int, void> WeightGradientOf(CpuFamilies families) => (families.Lanes, families.Depth) switch
    {
        (8, 1) => &WeightGradientOfFamilies<Lanes8, Families8, Vector256<float>, One>,
        (8, 2) => &WeightGradientOfFamilies<Lanes8, Families8, Vector256<float>, Two>,
        (8, 4) => &WeightGradientOfFamilies<Lanes8, Families8, Vector256<float>, Four>,
        (8, _) => &WeightGradientOfFamilies<Lanes8, Families8, Vector256<float>, Eight>,
        (_, 1) => &WeightGradientOfFamilies<Lanes16, Families16, Vector512<float>, One>,
        (_, 2) => &WeightGradientOfFamilies<Lanes16, Families16, Vector512<float>, Two>,
        (_, 4) => &WeightGradientOfFamilies<Lanes16, Families16, Vector512<float>, Four>,
        _ => &WeightGradientOfFamilies<Lanes16, Families16, Vector512<float>, Eight>,
    };

    /// <summary>Computes all samples for some bands of columns: as many as the widest band has columns.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientOfFamilies<TLanes, TFamilies, TVector, TDepth>(void* arguments, int chunk)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        var gradient = (FamilyArguments*)arguments;
        int first = chunk * gradient->ChunkBands;
        int end = Math.Min(gradient->ColumnBandCount, first + gradient->ChunkBands);
        int bandLength = gradient->BandWidth * TLanes.Count;
        int length = (end - first) * bandLength;
        float* sums = stackalloc float[gradient->Batch * length];
        float* values = stackalloc float[CpuGrid.WidestBand * TDepth.Count];
        new Span<float>(sums, gradient->Batch * length).Clear();
        for (int band = 0; band < gradient->RowBandCount; band++)
        {
            FamilyBand* families = gradient->Bands + band;
            int count = families->GroupCount * TDepth.Count * TLanes.Count;
            for (int s = 0; s < gradient->Batch; s++)
            {
                FamilyGradients.Gather(families->Rows, count, gradient->Dz + s, gradient->Shift, values);
                for (int column = first; column < end; column++)
                {
                    FamilyGradients.AddInputs<TLanes, TFamilies, TVector, TDepth>(
                        gradient->Cells + (band * gradient->ColumnBandCount + column), families->GroupCount, gradient->Weights, values,
                        sums + (s * length + (column - first) * bandLength));
                }
            }
        }

        int firstInput = first * gradient->BandWidth;
        int inputs = Math.Min((end - first) * gradient->BandWidth, gradient->InputCount - firstInput);
        float* dx = gradient->X + ((nint)firstInput << gradient->Shift);
        for (int s = 0; s < gradient->Batch; s++)
            FamilyGradients.Fold<TLanes, TVector>(sums + s * length, inputs, dx + s, gradient->Shift);
    }

    /// <summary>Computes all samples for a band of rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfFamilies<TLanes, TFamilies, TVector, TDepth>(void* arguments, int band)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        var gradient = (FamilyArguments*)arguments;
        FamilyBand* families = gradient->Bands + band;
        int count = families->GroupCount * TDepth.Count * TLanes.Count;
        float* values = stackalloc float[gradient->Batch * count];
        for (int s = 0; s < gradient->Batch; s++)
            FamilyGradients.Gather(families->Rows, count, gradient->Dz + s, gradient->Shift, values + s * count);
        for (int column = 0; column < gradient->ColumnBandCount; column++)
        {
            FamilyGradients.Weights<TLanes, TFamilies, TVector, TDepth>(
                gradient->Cells + (band * gradient->ColumnBandCount + column), families->GroupCount, values, gradient->X, gradient->Shift,
                gradient->Batch, gradient->Weights);
        }
    }

    private struct FamilyArguments
    {
        public FamilyBand* Bands;
        public FamilyCell* Cells;

        /// <summary>The weights, or their gradient.</summary>
        public float* Weights;

        /// <summary>The inputs, or their gradient.</summary>
        public float* X;

        public float* Dz;
        public int RowBandCount, ColumnBandCount, BandWidth, ChunkBands, InputCount, Batch, Shift;
    }
}
