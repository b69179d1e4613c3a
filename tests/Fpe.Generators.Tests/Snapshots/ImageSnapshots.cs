using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted files of models over images.</summary>
public sealed class ImageSnapshots
{
    [Fact]
    public Task Expanded_layer_on_a_convolutional_backbone() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>Tells clothes apart.</summary>
        [Model(channels: 1, height: 28, width: 28)]
        public sealed partial class FashionCnn
        {
            /// <summary>A layer.</summary>
            [Conv2d(filters: 8, kernel: 3, Padding = 1), Relu]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [MaxPool2d(2)]
            public partial MaxPool2d Pool { get; }
            /// <summary>A layer.</summary>
            [Conv2d(filters: 16, kernel: 3, Padding = 1), Relu]
            public partial Conv2d Shapes { get; }
            /// <summary>A layer.</summary>
            [MaxPool2d(2)]
            public partial MaxPool2d Pool2 { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(64), Relu, Expand(factor: 4, strategy: Split.Random)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Strides_dropout_and_counted_biases() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(channels: 3, height: 9, width: 8, CountBiases = true), Expand(factor: 2)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(filters: 5, kernel: 3, Stride = 2, Padding = 1), Gelu]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [Dropout(0.1)]
            public partial Dropout Noise { get; }
            /// <summary>A layer.</summary>
            [MaxPool2d(kernel: 3, Stride = 1)]
            public partial MaxPool2d Pool { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(6), Tanh]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Dropout(0.5)]
            public partial Dropout Drop { get; }
            /// <summary>A layer.</summary>
            [Linear(4)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Images_flattened_at_once() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(2, 3, 4)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Pixels { get; }
            /// <summary>A layer.</summary>
            [Linear(1)]
            public partial Linear Output { get; }
        }
        """);
}
