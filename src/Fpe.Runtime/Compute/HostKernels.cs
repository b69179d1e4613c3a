using Fpe.Compute.Plain;

namespace Fpe.Compute;

/// <summary>
/// Default implementations of kernels in <see cref="IKernels"/>, for devices that do not have their own. Operands are copied to the host,
/// plain loops compute in double precision, and results are written back.
/// </summary>
internal static partial class HostKernels
{
    public static void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch)
    {
        double[] means = New(y, batch);
        PlainAvgPool2d<double>.Forward(shape, Read(x, batch), means);
        y.Write(means, batch);
    }

    public static void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainAvgPool2d<double>.InputGradient(shape, Read(dy, batch), gradient);
        dx.Write(gradient, batch);
    }

    public static void MeanOfPlaces(int places, Activations x, Activations y, int batch)
    {
        double[] means = New(y, batch);
        PlainMeanOfPlaces<double>.Forward(places, Read(x, batch), means);
        y.Write(means, batch);
    }

    public static void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainMeanOfPlaces<double>.Gradient(places, Read(dy, batch), gradient);
        dx.Write(gradient, batch);
    }

    public static void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        double[] outputs = Read(y, batch);
        PlainFeatures<double>.Copy(Read(x, batch), x.Features, from, outputs, y.Features, to, count, batch);
        y.Write(outputs, batch);
    }

    public static void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        double[] outputs = Read(y, batch);
        PlainFeatures<double>.Add(Read(x, batch), x.Features, from, outputs, y.Features, to, count, batch);
        y.Write(outputs, batch);
    }

    public static void Activate(ElementFunction function, Activations x, Activations y, int batch)
    {
        double[] values = Read(x, batch);
        PlainActivation<double>.Apply(function, values, values);
        y.Write(values, batch);
    }

    public static void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        double[] values = Read(x, batch);
        PlainDropout<double>.Apply(places, rate, seed, stream, values, values);
        y.Write(values, batch);
    }

    public static void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch)
    {
        double[] outputs = New(y, batch), moments = New(statistics, batch);
        PlainLayerNorm<double>.Forward(places, Read(scale), Read(shift), epsilon, Read(x, batch), outputs, moments);
        y.Write(outputs, batch);
        statistics.Write(moments, batch);
    }

    public static void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainLayerNorm<double>.InputGradient(places, Read(scale), Read(statistics, batch), Read(x, batch), Read(dy, batch), gradient);
        dx.Write(gradient, batch);
    }

    public static void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        double[] scales = New(scaleGradient), shifts = New(shiftGradient);
        PlainLayerNorm<double>.ParameterGradient(places, Read(statistics, batch), Read(x, batch), Read(dy, batch), scales, shifts);
        scaleGradient.Write(scales);
        shiftGradient.Write(shifts);
    }

    public static void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch)
    {
        double[] means = Read(runningMean), variances = Read(runningVariance), moments = New(statistics), outputs = New(y, batch);
        PlainBatchNorm<double>.Forward(
            places, Read(scale), Read(shift), epsilon, momentum, means, variances, moments, Read(x, batch), outputs);
        runningMean.Write(means);
        runningVariance.Write(variances);
        statistics.Write(moments);
        y.Write(outputs, batch);
    }

    public static void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch)
    {
        double[] outputs = New(y, batch);
        PlainBatchNorm<double>.Predict(
            places, Read(scale), Read(shift), epsilon, Read(runningMean), Read(runningVariance), Read(x, batch), outputs);
        y.Write(outputs, batch);
    }

    public static void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainBatchNorm<double>.InputGradient(
            places, Read(scale), Read(statistics), Read(scaleGradient), Read(shiftGradient), Read(x, batch), Read(dy, batch), gradient);
        dx.Write(gradient, batch);
    }

    public static void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        double[] scales = New(scaleGradient), shifts = New(shiftGradient);
        PlainBatchNorm<double>.ParameterGradient(places, Read(statistics), Read(x, batch), Read(dy, batch), scales, shifts);
        scaleGradient.Write(scales);
        shiftGradient.Write(shifts);
    }

    public static void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        double[] values = New(y, batch);
        PlainEdgeConv2d<double>.Sums(shape, edges.Layout, Read(edges, weights), Read(bias), Read(x, batch), values);
        z?.Write(values, batch);
        PlainActivation<double>.Apply(function, values, values);
        y.Write(values, batch);
    }

    public static void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainEdgeConv2d<double>.InputGradient(shape, edges.Layout, Read(edges, weights), Read(dz, batch), gradient);
        dx.Write(gradient, batch);
    }

    public static void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch)
    {
        double[] slots = new double[edges.Layout.SlotCount], biases = New(biasGradient);
        PlainEdgeConv2d<double>.WeightGradient(shape, edges.Layout, Read(x, batch), Read(dz, batch), slots, biases);
        edges.Write(slots, weightGradient);
        biasGradient.Write(biases);
    }

    private static double[] New(Activations activations, int batch) => new double[checked(batch * activations.Features)];

    private static double[] New(DeviceBuffer buffer) => new double[buffer.Length];

    private static double[] Read(Activations activations, int batch)
    {
        double[] values = New(activations, batch);
        activations.Read(values, batch);
        return values;
    }

    private static double[] Read(DeviceEdges edges, DeviceBuffer storage)
    {
        var slots = new double[edges.Layout.SlotCount];
        edges.Read(storage, slots);
        return slots;
    }

    private static double[] Read(DeviceBuffer buffer)
    {
        double[] values = New(buffer);
        buffer.Read(values);
        return values;
    }
}
