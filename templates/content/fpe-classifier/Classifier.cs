using Fpe;

/// <summary>16 hidden neurons, each replaced by two children that share its inputs: twice as wide, at the same number of weights.</summary>
[Model(inputs: INPUT_COUNT)]
public sealed partial class Classifier
{
    [Linear(16), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(CLASS_COUNT)]
    public partial Linear Logits { get; }
}
