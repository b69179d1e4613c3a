namespace Samples.Digits;

/// <summary>Divides the inputs by patches of 2 × 2 pixels: each child reads whole patches.</summary>
[Model(inputs: 64)]
[Clause(0, 1, 8, 9), Clause(2, 3, 10, 11), Clause(4, 5, 12, 13), Clause(6, 7, 14, 15)]
[Clause(16, 17, 24, 25), Clause(18, 19, 26, 27), Clause(20, 21, 28, 29), Clause(22, 23, 30, 31)]
[Clause(32, 33, 40, 41), Clause(34, 35, 42, 43), Clause(36, 37, 44, 45), Clause(38, 39, 46, 47)]
[Clause(48, 49, 56, 57), Clause(50, 51, 58, 59), Clause(52, 53, 60, 61), Clause(54, 55, 62, 63)]
public sealed partial class DigitsPatchNet
{
    [Linear(4), Relu, Expand(factor: 4, strategy: Split.Clause)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
