using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>Features are contiguous, so a range of them is one piece of memory; a thread for each value.</content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<FeatureArguments> copyFeatures = new(device, CopyFeatures);
    private readonly Kernel<FeatureArguments> addFeatures = new(device, AddFeatures);
    private readonly Kernel<FeatureArguments> meanOfPlaces = new(device, MeanOfPlaces);
    private readonly Kernel<FeatureArguments> meanOfPlacesGradient = new(device, MeanOfPlacesGradient);

    public void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        copyFeatures.RunFor(count * batch, Range(x, from, y, to, count, batch));

    public void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        addFeatures.RunFor(count * batch, Range(x, from, y, to, count, batch));

    public void MeanOfPlaces(int places, Activations x, Activations y, int batch) =>
        meanOfPlaces.RunFor(y.Features * batch, Range(x, 0, y, 0, y.Features, batch) with { Places = places });

    public void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch) =>
        meanOfPlacesGradient.RunFor(dx.Features * batch, Range(dy, 0, dx, 0, dx.Features, batch) with { Places = places });

    private static FeatureArguments Range(Activations x, int from, Activations y, int to, int count, int batch) => new()
    {
        X = View(x),
        Y = View(y),
        From = from,
        To = to,
        Elements = count * batch,
        Batch = batch,
        Stride = Lanes(x).Stride,
    };

    private static void CopyFeatures(FeatureArguments a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Y[(a.To * a.Stride) + a.Element] = a.X[(a.From * a.Stride) + a.Element];
    }

    private static void AddFeatures(FeatureArguments a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Y[(a.To * a.Stride) + a.Element] += a.X[(a.From * a.Stride) + a.Element];
    }

    private static void MeanOfPlaces(FeatureArguments a)
    {
        if (DeviceThread.Number >= a.Elements)
            return;
        int first = (DeviceThread.Number / a.Batch * a.Places * a.Stride) + (DeviceThread.Number % a.Batch);
        float sum = 0;
        for (int p = 0; p < a.Places; p++)
            sum += a.X[first + (p * a.Stride)];
        a.Y[a.Element] = sum / a.Places;
    }

    private static void MeanOfPlacesGradient(FeatureArguments a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Y[a.Element] = a.X[(DeviceThread.Number / a.Batch / a.Places * a.Stride) + (DeviceThread.Number % a.Batch)] / a.Places;
    }

    private struct FeatureArguments
    {
        public ArrayView<float> X, Y;
        public int From, To, Places, Elements, Batch, Stride;

        /// <summary>The element of the thread, counted from the first feature of the range.</summary>
        public readonly int Element => (DeviceThread.Number / Batch * Stride) + (DeviceThread.Number % Batch);
    }
}
