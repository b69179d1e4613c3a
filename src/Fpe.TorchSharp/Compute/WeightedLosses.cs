using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants)
    {
        CheckLabels(labels, batch, logits.Features);
        LossConstants settings = constants;
        Run(() =>
        {
            using Scalar scale = settings.Scale, ofLabel = 1 - settings.Smoothing, ofEach = settings.Smoothing / logits.Features;
            using Scalar gamma = settings.Gamma, minusHalf = -0.5;

            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            Tensor values = Batch(logits, batch);
            Tensor shifted = values.sub(values.amax([0], keepdim: true));
            Tensor logP = shifted.sub(shifted.exp().sum(0, keepdim: true).log_());
            Tensor p = logP.exp();
            Tensor classes = Indices(labels).Values.narrow(0, 0, batch).unsqueeze(0);
            Tensor own = zeros_like(logP);
            own.scatter_(0, classes, ones_like(logP));
            Tensor factors = own.mul_(ofLabel).add_(ofEach, One);
            factors.mul_(Values(classWeights).unsqueeze(1)).mul_(Batch(weights, batch)).mul_(scale);

            Tensor terms = logP.neg(), slopes = ones_like(logP).neg_();
            if (settings.Gamma != 0)
            {
                // 1 − p = 2u / (1 + u) with u = tanh(−log p / 2), accurate also near p = 1, where log p / (1 − p) is −1
                Tensor u = logP.mul(minusHalf).tanh_();
                Tensor rest = u.add(u, One).div_(u.add(One, One));
                Tensor focus = rest.pow(gamma);
                Tensor ratio = p.mul(logP).div_(rest);
                ratio = where(p.eq(Zero), zeros_like(p), ratio);
                ratio = where(rest.eq(Zero), ones_like(p).neg_(), ratio);
                terms.mul_(focus);
                slopes = ratio.mul_(gamma).sub_(One).mul_(focus);
            }

            Tensor hasNone = factors.eq(Zero);
            terms = where(hasNone, zeros_like(p), terms.mul_(factors));
            Slot(losses, slot).copy_(terms.sum());
            if (gradient is null)
                return;
            slopes = where(hasNone, zeros_like(p), slopes.mul_(factors));
            Batch(gradient, batch).copy_(slopes.sub(p.mul_(slopes.sum(0, keepdim: true))));
        });
    }

    public void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants)
    {
        LossConstants settings = constants;
        Run(() =>
        {
            using Scalar scale = settings.Scale, kept = 1 - settings.Smoothing, spread = settings.Smoothing / 2, gamma = settings.Gamma;
            Tensor z = Batch(logits, batch);
            Tensor target = Batch(targets, batch).mul(kept).add_(spread, One);
            Tensor weight = Batch(weights, batch).mul(scale);
            Tensor positive = target.mul(Values(positiveWeights).unsqueeze(1));
            Tensor negative = target.neg().add_(One, One);

            Tensor rest = z.abs().neg_().exp_().log1p_();
            Tensor logP = z.neg().clamp_min_(Zero).add_(rest, One).neg_();
            Tensor logQ = z.clamp_min(Zero).add_(rest, One).neg_();
            if (settings.Gamma != 0)
            {
                positive.mul_(logQ.mul(gamma).exp_());
                negative.mul_(logP.mul(gamma).exp_());
            }

            Tensor terms = positive.mul(logP).add_(negative.mul(logQ), One).mul_(weight);
            Slot(losses, slot).copy_(terms.sum().neg_());
            if (gradient is null)
                return;
            Tensor p = z.sigmoid(), q = z.neg().sigmoid_();
            positive.mul_(logP.mul_(p).mul_(gamma).sub_(q));
            negative.mul_(p.sub_(logQ.mul_(q).mul_(gamma)));
            Batch(gradient, batch).copy_(positive.add_(negative, One).mul_(weight));
        });
    }

    public void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale) => Run(() =>
    {
        using Scalar all = scale, two = 2.0;
        Tensor errors = Batch(outputs, batch).sub(Batch(targets, batch));
        Tensor scaled = errors.mul(Batch(weights, batch)).mul_(all);
        Slot(losses, slot).copy_(errors.mul_(scaled).sum());
        if (gradient is not null)
            Batch(gradient, batch).copy_(scaled.mul_(two));
    });

    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y) => Run(() =>
    {
        using Scalar factor = scale;
        Values(y).add_(Values(x), factor);
    });
}
