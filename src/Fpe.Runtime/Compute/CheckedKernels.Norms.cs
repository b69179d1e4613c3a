using System.Runtime.CompilerServices;

namespace Fpe.Compute;

internal sealed partial class CheckedKernels
{
    public void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch)
    {
        CheckEpsilon(epsilon);
        CheckChannels(places, scale, shift, x, y, batch);
        CheckStatistics(places, statistics, x, batch);
        KernelArguments.CheckDistinct(x, y);
        KernelArguments.CheckDistinct(x, statistics);
        KernelArguments.CheckDistinct(y, statistics);
        kernels.LayerNormForward(places, scale, shift, epsilon, x, y, statistics, batch);
        KeepAlive(scale, shift, x, y, statistics);
    }

    public void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch)
    {
        CheckChannels(places, scale, scale, x, dy, batch);
        CheckStatistics(places, statistics, x, batch);
        arguments.Check(dx, x.Features, batch, x);
        KernelArguments.CheckDistinct(x, dx);
        KernelArguments.CheckDistinct(dy, dx);
        KernelArguments.CheckDistinct(statistics, dx);
        kernels.LayerNormInputGradient(places, scale, statistics, x, dy, dx, batch);
        KeepAlive(scale, statistics, x, dy, dx);
    }

    public void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        CheckChannels(places, scaleGradient, shiftGradient, x, dy, batch);
        CheckStatistics(places, statistics, x, batch);
        KernelArguments.CheckDistinct(scaleGradient, shiftGradient);
        kernels.LayerNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);
        KeepAlive(statistics, x, dy, scaleGradient, shiftGradient);
    }

    public void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch)
    {
        CheckChannels(places, scale, shift, x, y, batch);
        CheckEpsilon(epsilon);
        if (!(momentum >= 0 && momentum <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum of running statistics must be from 0 to 1.");
        if ((long)batch * places < 2)
        {
            throw new ArgumentException(
                $"A channel has {(long)batch * places} values, {batch} samples of {places}; batch normalisation needs at least 2 to train. "
                    + "Use larger batches.",
                nameof(batch));
        }

        arguments.Check(runningMean, scale.Length);
        arguments.Check(runningVariance, scale.Length);
        arguments.Check(statistics, checked(2 * scale.Length));
        KernelArguments.CheckDistinct(runningMean, runningVariance);
        KernelArguments.CheckDistinct(x, y);
        kernels.BatchNormForward(places, scale, shift, epsilon, momentum, runningMean, runningVariance, statistics, x, y, batch);
        KeepAlive(scale, shift, runningMean, runningVariance, statistics, x, y);
    }

    public void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch)
    {
        CheckChannels(places, scale, shift, x, y, batch);
        CheckEpsilon(epsilon);
        arguments.Check(runningMean, scale.Length);
        arguments.Check(runningVariance, scale.Length);
        KernelArguments.CheckDistinct(x, y);
        kernels.BatchNormPredict(places, scale, shift, epsilon, runningMean, runningVariance, x, y, batch);
        KeepAlive(scale, shift, runningMean, runningVariance, x, y);
    }

    public void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch)
    {
        CheckChannels(places, scaleGradient, shiftGradient, x, dy, batch);
        arguments.Check(dx, x.Features, batch, x);
        arguments.Check(scale, scaleGradient.Length);
        arguments.Check(statistics, checked(2 * scaleGradient.Length));
        KernelArguments.CheckDistinct(x, dx);
        KernelArguments.CheckDistinct(dy, dx);
        kernels.BatchNormInputGradient(places, scale, statistics, scaleGradient, shiftGradient, x, dy, dx, batch);
        KeepAlive(scale, statistics, scaleGradient, shiftGradient, x, dy, dx);
    }

    public void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        CheckChannels(places, scaleGradient, shiftGradient, x, dy, batch);
        arguments.Check(statistics, checked(2 * scaleGradient.Length));
        KernelArguments.CheckDistinct(scaleGradient, shiftGradient);
        kernels.BatchNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);
        KeepAlive(statistics, x, dy, scaleGradient, shiftGradient);
    }

    private static void CheckEpsilon(double epsilon)
    {
        if (!(epsilon > 0 && double.IsFinite(epsilon)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), epsilon, "Epsilon must be positive, so that equal values can be normalised.");
        }
    }

    /// <summary>Checks the mean and the inverse deviation of each place.</summary>
    private void CheckStatistics(int places, Activations statistics, Activations x, int batch) =>
        arguments.Check(statistics, checked(2 * places), batch, x);

    /// <summary>Checks two buffers with one element per channel, and images or vectors with these channels.</summary>
    private void CheckChannels(
        int places, DeviceBuffer first, DeviceBuffer second, Activations x, Activations y, int batch,
        [CallerArgumentExpression(nameof(first))] string firstName = "",
        [CallerArgumentExpression(nameof(second))] string secondName = "",
        [CallerArgumentExpression(nameof(y))] string yName = "")
    {
        arguments.Check(first, firstName);
        arguments.Check(second, first.Length, secondName);
        ArgumentNullException.ThrowIfNull(x);
        CheckPlaces(places, first.Length, x, batch, x);
        arguments.Check(y, x.Features, batch, x, yName);
    }
}
