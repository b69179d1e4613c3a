using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch) => Run(() =>
    {
        double count = (double)batch * places;
        using Scalar least = epsilon, rest = 1 - momentum, weight = momentum, unbiasedWeight = momentum * count / (count - 1);
        Tensor values = Channels(x, places, batch);
        Tensor mean = values.mean([1, 2], keepdim: true);
        Tensor centred = values.sub(mean);
        Tensor variance = centred.mul(centred).mean([1, 2], keepdim: true);
        Values(runningMean).mul_(rest).add_(mean.flatten(), weight);
        Values(runningVariance).mul_(rest).add_(variance.flatten(), unbiasedWeight);
        Tensor inverse = variance.add_(least, One).rsqrt_();
        Tensor moments = Values(statistics).view(2, scale.Length);
        moments.select(0, 0).copy_(mean.flatten());
        moments.select(0, 1).copy_(inverse.flatten());
        Channels(y, places, batch).copy_(centred.mul_(inverse).mul_(PerChannel(Values(scale))).add_(PerChannel(Values(shift)), One));
    });

    public void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch) => Run(() =>
    {
        using Scalar least = epsilon;
        Tensor factor = Values(runningVariance).clone().add_(least, One).rsqrt_().mul_(Values(scale));
        Tensor outputs = Channels(x, places, batch).sub(PerChannel(Values(runningMean))).mul_(PerChannel(factor));
        Channels(y, places, batch).copy_(outputs.add_(PerChannel(Values(shift)), One));
    });

    public void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            using Scalar count = (double)batch * places;
            Tensor normalised = Normalised(places, statistics, x, batch);
            Tensor gradient = Channels(dy, places, batch).sub(PerChannel(Values(shiftGradient).div(count)));
            gradient.addcmul_(normalised, PerChannel(Values(scaleGradient).div(count)), MinusOne);
            Tensor inverse = Values(statistics).narrow(0, scale.Length, scale.Length);
            Channels(dx, places, batch).copy_(gradient.mul_(PerChannel(Values(scale).mul(inverse))));
        });
    }

    public void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) => Run(() =>
    {
        Tensor gradient = Channels(dy, places, batch);
        Values(scaleGradient).copy_(Normalised(places, statistics, x, batch).mul_(gradient).sum([1, 2]));
        Values(shiftGradient).copy_(gradient.sum([1, 2]));
    });

    /// <summary>Computes (x − μ) / √(v + ε) from the statistics of the channels.</summary>
    private static Tensor Normalised(int places, DeviceBuffer statistics, Activations x, int batch)
    {
        long channels = statistics.Length / 2;
        Tensor mean = Values(statistics).narrow(0, 0, channels), inverse = Values(statistics).narrow(0, channels, channels);
        return Channels(x, places, batch).sub(PerChannel(mean)).mul_(PerChannel(inverse));
    }

    /// <summary>Reshapes one number per channel to broadcast with <see cref="Channels"/>.</summary>
    private static Tensor PerChannel(Tensor values) => values.view(-1, 1, 1);
}
