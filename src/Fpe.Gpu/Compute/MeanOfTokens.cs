using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<TokenArguments> meanOfTokens = new(device, MeanOfTokens);
    private readonly Kernel<TokenArguments> meanOfTokensGradient = new(device, MeanOfTokensGradient);

    public void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch) =>
        meanOfTokens.RunFor(y.Features * batch, Tokens(tokens, x, y, y.Features, batch));

    public void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch) =>
        meanOfTokensGradient.RunFor(dy.Features * batch, Tokens(tokens, dy, dx, dy.Features, batch));

    private static TokenArguments Tokens(Activations tokens, Activations x, Activations y, int units, int batch) => new()
    {
        Tokens = View(tokens),
        X = View(x),
        Y = View(y),
        Places = tokens.Features,
        Units = units,
        Batch = batch,
        Stride = Lanes(tokens).Stride,
    };

    /// <summary>A thread for each unit and sample.</summary>
    private static void MeanOfTokens(TokenArguments a)
    {
        int unit = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (unit >= a.Units)
            return;
        float sum = 0;
        for (int p = 0; p < a.Places; p++)
            sum += a.IsEmpty(p, s) ? 0 : a.X[(((unit * a.Places) + p) * a.Stride) + s];
        a.Y[(unit * a.Stride) + s] = sum / a.Count(s);
    }

    private static void MeanOfTokensGradient(TokenArguments a)
    {
        int unit = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (unit >= a.Units)
            return;
        float share = a.X[(unit * a.Stride) + s] / a.Count(s);
        for (int p = 0; p < a.Places; p++)
            a.Y[(((unit * a.Places) + p) * a.Stride) + s] = a.IsEmpty(p, s) ? 0 : share;
    }

    private struct TokenArguments
    {
        public ArrayView<float> Tokens, X, Y, Table, Positions;
        public int Places, Units, Batch, Stride, HasPositions, IsMean;

        public readonly bool IsEmpty(int place, int sample) => Tokens[(place * Stride) + sample] < 0;

        /// <summary>The number of tokens of a sample, or 1 if there are none.</summary>
        public readonly int Count(int sample)
        {
            int count = 0;
            for (int p = 0; p < Places; p++)
                count += IsEmpty(p, sample) ? 0 : 1;
            return count == 0 ? 1 : count;
        }
    }
}
