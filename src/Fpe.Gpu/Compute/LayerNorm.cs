using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<LayerNormArguments> layerNormForward = new(device, LayerNormForward);
    private readonly Kernel<LayerNormArguments> layerNormInputGradient = new(device, LayerNormInputGradient);
    private readonly Kernel<LayerNormArguments> layerNormParameterGradient = new(device, LayerNormParameterGradient);

    public void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch) =>
        layerNormForward.RunFor(places * batch, LayerNorm(places, scale, shift, statistics, x, y, batch) with { Epsilon = (float)epsilon });

    public void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) =>
        layerNormInputGradient.RunFor(places * batch, LayerNorm(places, scale, scale, statistics, x, dx, batch) with { Dy = View(dy) });

    public void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        layerNormParameterGradient.RunGroups(
            x.Features / places, LayerNorm(places, scaleGradient, shiftGradient, statistics, x, x, batch) with { Dy = View(dy) });

    private static LayerNormArguments LayerNorm(
        int places, DeviceBuffer scale, DeviceBuffer shift, Activations statistics, Activations x, Activations y, int batch) => new()
        {
            Scale = View(scale),
            Shift = View(shift),
            Statistics = View(statistics),
            X = View(x),
            Y = View(y),
            Dy = View(x),
            Places = places,
            Units = x.Features / places,
            Batch = batch,
            Stride = Lanes(x).Stride,
        };

    /// <summary>A thread for each place and sample.</summary>
    private static void LayerNormForward(LayerNormArguments a)
    {
        int place = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (place >= a.Places)
            return;
        float sum = 0, squares = 0;
        for (int u = 0; u < a.Units; u++)
            sum += a.X[a.Element(u, place, s)];
        float mean = sum / a.Units;
        for (int u = 0; u < a.Units; u++)
        {
            float difference = a.X[a.Element(u, place, s)] - mean;
            squares += difference * difference;
        }

        float inverse = 1 / DeviceMath.Root((squares / a.Units) + a.Epsilon);
        for (int u = 0; u < a.Units; u++)
        {
            int e = a.Element(u, place, s);
            a.Y[e] = ((a.X[e] - mean) * inverse * a.Scale[u]) + a.Shift[u];
        }

        a.Statistics[a.Element(0, place, s)] = mean;
        a.Statistics[a.Element(1, place, s)] = inverse;
    }

    /// <summary>A thread for each place and sample; Y is dx.</summary>
    private static void LayerNormInputGradient(LayerNormArguments a)
    {
        int place = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (place >= a.Places)
            return;
        float mean = a.Statistics[a.Element(0, place, s)], inverse = a.Statistics[a.Element(1, place, s)];
        float sum = 0, products = 0;
        for (int u = 0; u < a.Units; u++)
        {
            int e = a.Element(u, place, s);
            float gradient = a.Dy[e] * a.Scale[u];
            sum += gradient;
            products += gradient * (a.X[e] - mean) * inverse;
        }

        for (int u = 0; u < a.Units; u++)
        {
            int e = a.Element(u, place, s);
            float normalised = (a.X[e] - mean) * inverse;
            a.Y[e] = inverse * ((a.Dy[e] * a.Scale[u]) - (sum / a.Units) - (normalised * (products / a.Units)));
        }
    }

    /// <summary>A group for each unit; Scale and Shift are their gradients.</summary>
    private static void LayerNormParameterGradient(LayerNormArguments a)
    {
        int unit = Grid.IdxX;
        float scale = 0, shift = 0;
        for (int i = Group.IdxX; i < a.Places * a.Batch; i += Group.DimX)
        {
            int place = i / a.Batch, s = i % a.Batch, e = a.Element(unit, place, s);
            shift += a.Dy[e];
            scale += a.Dy[e] * (a.X[e] - a.Statistics[a.Element(0, place, s)]) * a.Statistics[a.Element(1, place, s)];
        }

        scale = GroupSum.Of(scale);
        shift = GroupSum.Of(shift);
        if (Group.IdxX != 0)
            return;
        a.Scale[unit] = scale;
        a.Shift[unit] = shift;
    }

    private struct LayerNormArguments
    {
        public ArrayView<float> Scale, Shift, Statistics, X, Y, Dy;
        public float Epsilon;
        public int Places, Units, Batch, Stride;

        public readonly int Element(int unit, int place, int sample) => (((unit * Places) + place) * Stride) + sample;
    }
}
