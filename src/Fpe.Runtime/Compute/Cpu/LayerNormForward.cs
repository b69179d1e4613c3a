using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one or two passes over one number.</summary>
    private const int NormWork = 8;

    public void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch)
    {
        var norm = new LayerNormArguments
        {
            Scale = Floats(scale).Address,
            Shift = Floats(shift).Address,
            Epsilon = (float)epsilon,
            Features = scale.Length,
            Places = places,
        };
        if (places == 1 && Panels(x).IsFew && FewSamples.Hold(batch))
        {
            norm.X = Panels(x).ReadFew(batch);
            norm.Y = Panels(y).WriteFew(batch);
            norm.Statistics = Panels(statistics).WriteFew(batch);
            LayerNormFew(&norm, FewSamples.Lanes(batch));
            return;
        }

        norm.X = Panels(x).Values;
        norm.Y = Panels(y).Values;
        norm.Stride = Panels(x).PanelStride;
        norm.Statistics = Panels(statistics).Values;
        norm.StatisticsStride = Panels(statistics).PanelStride;
        if (places == 1)
            Run(Panel.Count(batch), &LayerNormForwardPanel, &norm, (long)x.Features * batch * NormWork);
        else
            Run(Panel.Count(batch) * norm.PlaceChunks, &LayerNormForwardPlaces, &norm, (long)x.Features * batch * NormWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormForwardPanel(void* arguments, int panel)
    {
        var norm = (LayerNormArguments*)arguments;
        float* x = norm->X + panel * norm->Stride;
        float* y = norm->Y + panel * norm->Stride;
        float* end = x + norm->Features * (nint)Panel.Width;
        Vector256<float> first = default, second = default, firstOdd = default, secondOdd = default;
        float* row = x;
        for (; row < end - Panel.Width; row += 2 * Panel.Width)
        {
            first += Vector256.Load(row);
            second += Vector256.Load(row + 8);
            firstOdd += Vector256.Load(row + 16);
            secondOdd += Vector256.Load(row + 24);
        }

        if (row < end)
        {
            first += Vector256.Load(row);
            second += Vector256.Load(row + 8);
        }

        var count = Vector256.Create((float)norm->Features);
        var firstMean = (first + firstOdd) / count;
        var secondMean = (second + secondOdd) / count;
        Vector256<float> firstSum = default, secondSum = default, firstSquares = default, secondSquares = default;
        for (row = x; row < end; row += Panel.Width)
        {
            var d0 = Vector256.Load(row) - firstMean;
            var d1 = Vector256.Load(row + 8) - secondMean;
            firstSum += d0;
            secondSum += d1;
            firstSquares = Vector256.MultiplyAddEstimate(d0, d0, firstSquares);
            secondSquares = Vector256.MultiplyAddEstimate(d1, d1, secondSquares);
        }

        (firstMean, var firstInverse) = SampleMoments.Of(firstMean, firstSum, firstSquares, norm->Features, norm->Epsilon);
        (secondMean, var secondInverse) = SampleMoments.Of(secondMean, secondSum, secondSquares, norm->Features, norm->Epsilon);
        float* statistics = norm->Statistics + panel * norm->StatisticsStride;
        firstMean.Store(statistics);
        secondMean.Store(statistics + 8);
        firstInverse.Store(statistics + Panel.Width);
        secondInverse.Store(statistics + Panel.Width + 8);

        float* scale = norm->Scale;
        float* shift = norm->Shift;
        for (row = x; row < end; row += Panel.Width, y += Panel.Width, scale++, shift++)
        {
            var factor = Vector256.Create(*scale);
            var offset = Vector256.Create(*shift);
            Vector256.MultiplyAddEstimate((Vector256.Load(row) - firstMean) * firstInverse, factor, offset).Store(y);
            Vector256.MultiplyAddEstimate((Vector256.Load(row + 8) - secondMean) * secondInverse, factor, offset).Store(y + 8);
        }
    }

    /// <summary>Computes the same without empty lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormFew(LayerNormArguments* norm, int lanes)
    {
        nint count = norm->Features * (nint)lanes;
        nint whole = count & ~7;
        var rest = LaneMask.Before((int)(count - whole)).AsSingle();
        var sum = Vector256.Load(norm->X + whole) & rest;
        for (nint i = 0; i < whole; i += Vector256<float>.Count)
            sum += Vector256.Load(norm->X + i);

        var mean = FewLanes.Fold(sum, lanes) / Vector256.Create((float)norm->Features);
        sum = (Vector256.Load(norm->X + whole) - mean) & rest;
        var squares = sum * sum;
        for (nint i = 0; i < whole; i += Vector256<float>.Count)
        {
            var d = Vector256.Load(norm->X + i) - mean;
            sum += d;
            squares = Vector256.MultiplyAddEstimate(d, d, squares);
        }

        (mean, var inverse) = SampleMoments.Of(
            mean, FewLanes.Fold(sum, lanes), FewLanes.Fold(squares, lanes), norm->Features, norm->Epsilon);
        mean.Store(norm->Statistics);
        inverse.Store(norm->Statistics + lanes);
        int features = Vector256<float>.Count / lanes;
        float* scale = norm->Scale;
        float* shift = norm->Shift;
        for (nint i = 0; i < count; i += Vector256<float>.Count, scale += features, shift += features)
        {
            var normalised = (Vector256.Load(norm->X + i) - mean) * inverse;
            Vector256.MultiplyAddEstimate(normalised, FewLanes.Spread(scale, lanes), FewLanes.Spread(shift, lanes)).Store(norm->Y + i);
        }
    }

    private struct LayerNormArguments
    {
        public float* Scale, Shift, X, Y, Dy, Dx, Statistics, ScaleGradient, ShiftGradient;
        public nint Stride, StatisticsStride;
        public float Epsilon;

        /// <summary>Numbers that are normalised together: the units of a place.</summary>
        public int Features;

        public int Places, Batch;

        /// <summary>Chunks of places of a panel.</summary>
        public readonly int PlaceChunks => DivideUp(Places, NormPlaces);
    }
}
