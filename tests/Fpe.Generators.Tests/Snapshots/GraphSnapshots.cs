using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>Emitted files of models that are no chain.</summary>
public sealed class GraphSnapshots
{
    [Fact]
    public Task Residual_network() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A residual block of expanded layers, with norms.</summary>
        [Model(64), Expand(2)]
        public sealed partial class ResidualNet
        {
            /// <summary>First.</summary>
            [Linear(32), Relu]
            public partial Linear Stem { get; }

            /// <summary>Normalised.</summary>
            [LayerNorm(Epsilon = 1e-6)]
            public partial LayerNorm Norm { get; }

            /// <summary>Second.</summary>
            [Linear(32), Relu]
            public partial Linear Branch { get; }

            /// <summary>Both.</summary>
            [Add(nameof(Stem), nameof(Branch))]
            public partial Add Sum { get; }

            /// <summary>A layer of its own.</summary>
            [Gelu]
            public partial Activation Bend { get; }

            /// <summary>Last.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Skip_network_that_learns_its_edges() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A pruned skip from the inputs to the classes.</summary>
        [Model(54), NonZeroBudget(400)]
        public sealed partial class SkipNet
        {
            /// <summary>Hidden.</summary>
            [Linear(16), Relu, Expand(4, Split.Learned)]
            public partial Linear Hidden { get; }

            /// <summary>Classes.</summary>
            [Linear(7)]
            public partial Linear Classes { get; }

            /// <summary>Skip.</summary>
            [Linear(7, From = ModelAttribute.Sample)]
            public partial Linear Skip { get; }

            /// <summary>Sum.</summary>
            [Add(nameof(Classes), nameof(Skip))]
            public partial Add Logits { get; }
        }
        """);

    [Fact]
    public Task Images_joined_and_pooled() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>Filters beside the image they read.</summary>
        [Model(1, 8, 8)]
        public sealed partial class JoinedNet
        {
            /// <summary>Filters.</summary>
            [Conv2d(4, 3, Padding = 1)]
            public partial Conv2d Edges { get; }

            /// <summary>Normalised.</summary>
            [BatchNorm(Momentum = 0.2)]
            public partial BatchNorm Norm { get; }

            /// <summary>Bent.</summary>
            [Relu]
            public partial Activation Bend { get; }

            /// <summary>Joined.</summary>
            [Concat(nameof(Bend), ModelAttribute.Sample)]
            public partial Concat Both { get; }

            /// <summary>Means.</summary>
            [GlobalAvgPool2d]
            public partial GlobalAvgPool2d Means { get; }

            /// <summary>Last.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);
}
