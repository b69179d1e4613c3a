namespace Samples.Sections;

/// <summary>A linear classifier that is pruned while it is trained, to 1,752 weights: those of a dense network with 4 hidden neurons.</summary>
[Model(inputs: 384), NonZeroBudget(1752)]
public sealed partial class Pruned4Net
{
    [Linear(54), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Sections { get; }
}
