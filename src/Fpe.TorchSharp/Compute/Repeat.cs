using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void Repeat(DeviceBuffer x, int run, int copies, DeviceBuffer y) => Run(() =>
    {
        foreach ((Tensor values, Tensor repeated) in Runs(Values(x), run, copies, Values(y)))
            repeated.copy_(values.unsqueeze(1).expand_as(repeated));
    });

    public void SumCopies(DeviceBuffer x, int run, int copies, DeviceBuffer y) => Run(() =>
    {
        foreach ((Tensor sums, Tensor repeated) in Runs(Values(y), run, copies, Values(x)))
            sums.copy_(repeated.sum(1));
    });

    /// <summary>Returns the values as [runs, run] and their copies as [runs, copies, run]; a shorter last run is separate.</summary>
    private static IEnumerable<(Tensor Values, Tensor Copies)> Runs(Tensor values, long run, int copies, Tensor copied)
    {
        long whole = values.shape[0] / run * run, rest = values.shape[0] - whole;
        if (whole > 0)
            yield return (values.narrow(0, 0, whole).view(-1, run), copied.narrow(0, 0, whole * copies).view(-1, copies, run));
        if (rest > 0)
            yield return (values.narrow(0, whole, rest).view(1, rest), copied.narrow(0, whole * copies, rest * copies).view(1, copies, rest));
    }
}
