using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted file of models that learn their edges, and of N:M patterns.</summary>
public sealed class LearnedSnapshots
{
    [Fact]
    public Task Budget_of_a_layer_that_keeps_its_width() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 784), NonZeroBudget(3176)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(256), Relu, Expand(factor: 1, strategy: Split.Learned, Share = 4)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task More_children_than_inputs() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 54)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(4), Relu, Expand(factor: 64, strategy: Split.Learned)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10), Expand(factor: 1, strategy: Split.Learned)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Patterns_on_a_convolutional_backbone_with_counted_biases() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(1, 4, 4, CountBiases = true), NonZeroBudget(1000), Expand(factor: 2, strategy: Split.Learned, Within = 4)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv2d(filters: 3, kernel: 3, Padding = 1), Relu]
            public partial Conv2d Edges { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Features { get; }
            /// <summary>A layer.</summary>
            [Linear(16), Relu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(20), Relu, Expand(factor: 1)]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Pattern_of_a_random_split() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(factor: 2, strategy: Split.Random, Share = 8, Within = 4)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);
}
