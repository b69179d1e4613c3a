namespace Samples.Sections;

/// <summary>A linear classifier that is pruned while it is trained, to 3,504 weights: those of a dense network with 8 hidden neurons.</summary>
[Model(inputs: 384), NonZeroBudget(3504)]
public sealed partial class Pruned8Net
{
    [Linear(54), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Sections { get; }
}
