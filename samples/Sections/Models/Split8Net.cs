namespace Samples.Sections;

/// <summary>8 neurons, split into four children each: 3,504 weights, like its dense parent.</summary>
[Model(inputs: 384)]
public sealed partial class Split8Net
{
    [Linear(8), Relu, Expand(factor: 4, strategy: Split.Random, Share = 1)]
    public partial Linear Hidden { get; }

    [Linear(54)]
    public partial Linear Sections { get; }
}
