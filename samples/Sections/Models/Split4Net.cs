namespace Samples.Sections;

/// <summary>4 neurons, split into four children each: 1,752 weights, like its dense parent.</summary>
[Model(inputs: 384)]
public sealed partial class Split4Net
{
    [Linear(4), Relu, Expand(factor: 4, strategy: Split.Random, Share = 1)]
    public partial Linear Hidden { get; }

    [Linear(54)]
    public partial Linear Sections { get; }
}
