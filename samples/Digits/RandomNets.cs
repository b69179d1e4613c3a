namespace Samples.Digits;

/// <summary>4 hidden neurons with two children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet4x2
{
    [Linear(4), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>8 hidden neurons with two children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet8x2
{
    [Linear(8), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>8 hidden neurons with four children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet8x4
{
    [Linear(8), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>16 hidden neurons with two children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet16x2
{
    [Linear(16), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>16 hidden neurons with four children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet16x4
{
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>32 hidden neurons with two children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet32x2
{
    [Linear(32), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>32 hidden neurons with four children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet32x4
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
