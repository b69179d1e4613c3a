using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted files of models that are no chains of weighted layers.</summary>
public sealed class GraphSnapshots
{
    [Fact]
    public Task Norms_and_activations_in_a_chain() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(64, CountBiases = true)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(32), Expand(2)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [LayerNorm(Epsilon = 1e-6)]
            public partial LayerNorm Norm { get; }
            /// <summary>A layer.</summary>
            [Gelu]
            public partial Activation Act { get; }
            /// <summary>A layer.</summary>
            [Linear(16)]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [BatchNorm(Momentum = 0.5)]
            public partial BatchNorm Batch { get; }
            /// <summary>A layer.</summary>
            [Sigmoid]
            public partial Activation Gate { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Means_of_channels() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(1, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(8, 3, Padding = 1)]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [BatchNorm]
            public partial BatchNorm Norm { get; }
            /// <summary>A layer.</summary>
            [Relu]
            public partial Activation Act { get; }
            /// <summary>A layer.</summary>
            [GlobalAvgPool2d]
            public partial GlobalAvgPool2d Means { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Convolutions_in_groups() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(4, 9, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(8, 3, Padding = 2, Dilation = 2, Groups = 2), Relu]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [DepthwiseConv2d(kernel: 3, Multiplier = 2, StrideHeight = 2), LeakyRelu]
            public partial DepthwiseConv2d Shapes { get; }
            /// <summary>A layer.</summary>
            [Conv2d(filters: 6, kernelHeight: 1, kernelWidth: 5, PaddingWidth = 2), Relu, Expand(2)]
            public partial Conv2d Joined { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Expanded_convolutions_in_groups() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(4, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(8, 3, Groups = 2), Relu, Expand(factor: 3, Share = 2)]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [Conv2d(8, 3, Groups = 4), Relu, Expand(factor: 2)]
            public partial Conv2d Shapes { get; }
            /// <summary>A layer.</summary>
            [DepthwiseConv2d(kernel: 3)]
            public partial DepthwiseConv2d Depth { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Padded_pools_and_dropped_channels() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(3, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [MaxPool2d(3, Stride = 2, Padding = 1)]
            public partial MaxPool2d Largest { get; }
            /// <summary>A layer.</summary>
            [AvgPool2d(4, Padding = 2)]
            public partial AvgPool2d Means { get; }
            /// <summary>A layer.</summary>
            [Dropout2d(0.25)]
            public partial Dropout2d Noise { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Means_of_windows() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(1, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(8, 3, Padding = 1), Relu, Expand(3)]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [AvgPool2d(2)]
            public partial AvgPool2d Small { get; }
            /// <summary>A layer.</summary>
            [AvgPool2d(kernel: 3, Stride = 1, From = nameof(Small))]
            public partial AvgPool2d Smooth { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Residual() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(64), Expand(2, Share = 4)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(32), Relu]
            public partial Linear Stem { get; }
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm Norm { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Gelu]
            public partial Linear Branch { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(Stem), nameof(Branch))]
            public partial Add Sum { get; }
            /// <summary>A layer.</summary>
            [Dropout(0.1)]
            public partial Dropout Drop { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Skip_with_learned_edges() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(64), NonZeroBudget(400)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(4, Split.Learned)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10), Expand(1, Split.Learned)]
            public partial Linear Classes { get; }
            /// <summary>A layer.</summary>
            [Linear(10, From = ModelAttribute.Sample), Expand(1, Split.Learned)]
            public partial Linear Direct { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(Classes), nameof(Direct))]
            public partial Add Logits { get; }
        }
        """);

    [Fact]
    public Task Concatenation() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(12)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Relu, Expand(3)]
            public partial Linear One { get; }
            /// <summary>A layer.</summary>
            [Linear(6, From = ModelAttribute.Sample), Tanh, Expand(2, Outgoing = Outgoing.Deal)]
            public partial Linear Other { get; }
            /// <summary>A layer.</summary>
            [Concat(nameof(One), ModelAttribute.Sample, nameof(Other))]
            public partial Concat All { get; }
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm Norm { get; }
            /// <summary>A layer.</summary>
            [Linear(13), Relu, Expand(2)]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(4)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Expanded_convolutions() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(2, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(4, 2), Relu, Expand(2, Share = 2)]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [BatchNorm]
            public partial BatchNorm Norm { get; }
            /// <summary>A layer.</summary>
            [MaxPool2d(2, Stride = 1)]
            public partial MaxPool2d Pool { get; }
            /// <summary>A layer.</summary>
            [Conv2d(4, 1, From = nameof(Pool)), Relu]
            public partial Conv2d Shapes { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(4)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Residual_convolutions() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(1, 8, 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(4, 3, Padding = 1), Relu, Expand(3)]
            public partial Conv2d Stem { get; }
            /// <summary>A layer.</summary>
            [Conv2d(4, 3, Padding = 1), Expand(3)]
            public partial Conv2d Branch { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(Stem), nameof(Branch))]
            public partial Add Sum { get; }
            /// <summary>A layer.</summary>
            [Relu]
            public partial Activation Act { get; }
            /// <summary>A layer.</summary>
            [GlobalAvgPool2d]
            public partial GlobalAvgPool2d Means { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);
}
