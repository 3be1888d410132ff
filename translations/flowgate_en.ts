<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>flowgate::NoticeWords</name>
    <message numerus="yes">
        <source>%n gateway(s) lost</source>
        <translation>
            <numerusform>%n gateway lost</numerusform>
            <numerusform>%n gateways lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) silent</source>
        <translation>
            <numerusform>%n gateway silent</numerusform>
            <numerusform>%n gateways silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) lost or silent</source>
        <translation>
            <numerusform>%n gateway lost or silent</numerusform>
            <numerusform>%n gateways lost or silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) unhealthy</source>
        <translation>
            <numerusform>%n gateway unhealthy</numerusform>
            <numerusform>%n gateways unhealthy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rollout(s) failed</source>
        <translation>
            <numerusform>%n rollout failed</numerusform>
            <numerusform>%n rollouts failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) need attention</source>
        <translation>
            <numerusform>%n gateway needs attention</numerusform>
            <numerusform>%n gateways need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::Words</name>
    <message numerus="yes">
        <source>%n value(s) cannot be compared</source>
        <translation>
            <numerusform>%n value cannot be compared</numerusform>
            <numerusform>%n values cannot be compared</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::models::DiffModel</name>
    <message numerus="yes">
        <source>%n equal line(s)</source>
        <translation>
            <numerusform>%n equal line</numerusform>
            <numerusform>%n equal lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::models::HistoryModel</name>
    <message numerus="yes">
        <source>%1: %n changes, the worst of them: %2</source>
        <translation>
            <numerusform>%1: %n change: %2</numerusform>
            <numerusform>%1: %n changes, the worst of them: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::models::TimelineModel</name>
    <message numerus="yes">
        <source>%1: %n changes, the worst of them: %2</source>
        <translation>
            <numerusform>%1: %n change: %2</numerusform>
            <numerusform>%1: %n changes, the worst of them: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::ApprovalBar</name>
    <message numerus="yes">
        <source>%n gateway(s) wait for approval</source>
        <translation>
            <numerusform>%n gateway waits for approval</numerusform>
            <numerusform>%n gateways wait for approval</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::CommandPalette</name>
    <message numerus="yes">
        <source>%n more fit(s). More letters narrow it down.</source>
        <translation>
            <numerusform>%n more fits. More letters narrow it down.</numerusform>
            <numerusform>%n more fit. More letters narrow it down.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::ConfigEditor</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::ConfigTab</name>
    <message numerus="yes">
        <source>The gateway does not show %n value(s). These stand there now: %1</source>
        <translation>
            <numerusform>The gateway does not show %n value. This stands there now: %1</numerusform>
            <numerusform>The gateway does not show %n values. These stand there now: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::DiffWindow</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) by design</source>
        <translation>
            <numerusform>%n line by design</numerusform>
            <numerusform>%n lines by design</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::GatewayActions</name>
    <message numerus="yes">
        <source>%n gateway(s)</source>
        <translation>
            <numerusform>%n gateway</numerusform>
            <numerusform>%n gateways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget %n gateways…</source>
        <translation>
            <numerusform>Forget %n gateway…</numerusform>
            <numerusform>Forget %n gateways…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::ImportDialog</name>
    <message numerus="yes">
        <source>Import %n change(s)</source>
        <translation>
            <numerusform>Import %n change</numerusform>
            <numerusform>Import %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::LibraryActions</name>
    <message numerus="yes">
        <source>%n gateway(s) should run it.</source>
        <translation>
            <numerusform>%n gateway should run it.</numerusform>
            <numerusform>%n gateways should run it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::Naming</name>
    <message numerus="yes">
        <source>Another name for it. It stands in %n place(s), all of them change.</source>
        <translation>
            <numerusform>Another name for it. It stands in %n place, which changes.</numerusform>
            <numerusform>Another name for it. It stands in %n places, all of them change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::PastView</name>
    <message numerus="yes">
        <source>%n not known then</source>
        <translation>
            <numerusform>%n not known then</numerusform>
            <numerusform>%n not known then</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::RolloutDialog</name>
    <message numerus="yes">
        <source>Roll out %1 to %n gateway(s)</source>
        <translation>
            <numerusform>Roll out %1 to %n gateway</numerusform>
            <numerusform>Roll out %1 to %n gateways</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::RolloutView</name>
    <message numerus="yes">
        <source>%n gateway(s) where it failed get it once more, then it goes on.</source>
        <translation>
            <numerusform>%n gateway where it failed gets it once more, then it goes on.</numerusform>
            <numerusform>%n gateways where it failed get it once more, then it goes on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) get the version that was proven there before, offline ones when they return. Gateways that were not reached yet are left out. The rollout is rolled back once each was seen to run that version.</source>
        <translation>
            <numerusform>%n gateway gets the version that was proven there before, when it returns if it is offline. Gateways that were not reached yet are left out. The rollout is rolled back once it was seen to run that version.</numerusform>
            <numerusform>%n gateways get the version that was proven there before, offline ones when they return. Gateways that were not reached yet are left out. The rollout is rolled back once each was seen to run that version.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::TelemetryTab</name>
    <message numerus="yes">
        <source>%n request(s) with telemetry of no known gateway came from %1, the last one %2.</source>
        <translation>
            <numerusform>%n request with telemetry of no known gateway came from %1, %2.</numerusform>
            <numerusform>%n requests with telemetry of no known gateway came from %1, the last one %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::TimelinesPage</name>
    <message numerus="yes">
        <source>%1: %n gateways</source>
        <translation>
            <numerusform>%1: %n gateway</numerusform>
            <numerusform>%1: %n gateways</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::TokensPage</name>
    <message numerus="yes">
        <source>%n valid</source>
        <translation>
            <numerusform>%n valid</numerusform>
            <numerusform>%n valid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n that ended</source>
        <translation>
            <numerusform>Show %n that ended</numerusform>
            <numerusform>Show %n that ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gateway(s) connected with it now are cut off and refused from then on: %1.</source>
        <translation>
            <numerusform>%n gateway connected with it now is cut off and refused from then on: %1.</numerusform>
            <numerusform>%n gateways connected with it now are cut off and refused from then on: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::VersionSearch</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flowgate::ui::WaveCards</name>
    <message numerus="yes">
        <source>%n gateway(s)</source>
        <translation>
            <numerusform>%n gateway</numerusform>
            <numerusform>%n gateways</numerusform>
        </translation>
    </message>
</context>
</TS>
