using Fpe.Compute;

namespace Fpe.Benchmarks.Workloads;

/// <summary>Kernels that do little for each number they read: norms, activations, sums and means.</summary>
internal sealed class PointwiseWorkload : IDisposable
{
    private const double Epsilon = 1e-5;

    private readonly string kind;
    private readonly int channels, places, batch;
    private readonly DeviceBuffer scale, shift, scaleGradient, shiftGradient, runningMean, runningVariance, moments;
    private readonly Activations x, y, dy, dx, statistics, means;

    /// <summary>Creates the buffers, with any values.</summary>
    /// <param name="kind"><c>layer</c>, <c>batch</c>, <c>predict</c>, <c>mean</c>, <c>add</c>, <c>concat</c>, or an activation, such as <c>Relu</c>.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="places">Pixels per channel; 1 for vectors.</param>
    /// <param name="batch">Samples.</param>
    public PointwiseWorkload(string kind, int channels, int places, int batch)
    {
        (this.kind, this.channels, this.places, this.batch) = (kind, channels, places, batch);
        int parameters = kind == "layer" ? channels * places : channels;
        (scale, shift) = (Filled(parameters), Filled(parameters));
        (scaleGradient, shiftGradient) = (Filled(parameters), Filled(parameters));
        (runningMean, runningVariance, moments) = (Filled(channels), Filled(channels), Filled(2 * channels));
        Kernels.Fill(runningVariance, 1);
        (x, y, dy, dx) = (Filled(), Filled(), Filled(), Filled());
        statistics = Device.AllocateActivations(2, batch);
        means = Device.AllocateActivations(channels, batch);
    }

    private ActivationFunction Function => Enum.Parse<ActivationFunction>(kind);

    private static Device Device => Device.Default;

    private static IKernels Kernels => Device.Kernels;

    private int Features => channels * places;

    public void Forward()
    {
        switch (kind)
        {
            case "layer":
                Kernels.LayerNormForward(scale, shift, Epsilon, x, y, statistics, batch);
                break;
            case "batch":
                Kernels.BatchNormForward(places, scale, shift, Epsilon, 0.1, runningMean, runningVariance, moments, x, y, batch);
                break;
            case "predict":
                Kernels.BatchNormPredict(places, scale, shift, Epsilon, runningMean, runningVariance, x, y, batch);
                break;
            case "mean":
                Kernels.MeanOfPlaces(places, x, means, batch);
                break;
            case "add":
                Kernels.AddFeatures(x, 0, y, 0, Features, batch);
                break;
            case "concat":
                Kernels.CopyFeatures(x, 0, y, 0, Features / 2, batch);
                Kernels.CopyFeatures(dy, 0, y, Features / 2, Features - Features / 2, batch);
                break;
            default:
                Kernels.Activate(Function, x, y, batch);
                break;
        }
    }

    /// <summary>The gradients by all that <see cref="Forward"/> reads.</summary>
    public void Backward()
    {
        switch (kind)
        {
            case "layer":
                Kernels.LayerNormParameterGradient(statistics, x, dy, scaleGradient, shiftGradient, batch);
                Kernels.LayerNormInputGradient(scale, statistics, x, dy, dx, batch);
                break;
            case "batch":
                Kernels.BatchNormParameterGradient(places, moments, x, dy, scaleGradient, shiftGradient, batch);
                Kernels.BatchNormInputGradient(places, scale, moments, scaleGradient, shiftGradient, x, dy, dx, batch);
                break;
            case "mean":
                Kernels.MeanOfPlacesGradient(places, means, dx, batch);
                break;
            default:
                // in place again and again, gradients would become so small that the processor is slow
                Kernels.CopyFeatures(dy, 0, dx, 0, Features, batch);
                Kernels.ActivationGradient(Function, Function.NeedsWeightedSums() ? x : null, y, dx, batch);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable buffer in new IDisposable[]
                 {
                     scale, shift, scaleGradient, shiftGradient, runningMean, runningVariance, moments, x, y, dy, dx, statistics, means,
                 })
            buffer.Dispose();
    }

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (i * 37 % 101 - 50) / 100f)];

    private static DeviceBuffer Filled(int count)
    {
        DeviceBuffer buffer = Device.Allocate(count);
        buffer.Write(Values(count));
        return buffer;
    }

    private Activations Filled()
    {
        Activations activations = Device.AllocateActivations(Features, batch);
        activations.Write(Values(Features * batch), batch);
        return activations;
    }
}
